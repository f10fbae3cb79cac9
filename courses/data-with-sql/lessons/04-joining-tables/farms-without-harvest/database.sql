-- All figures are invented for this course.
CREATE TABLE farm (
  id INTEGER PRIMARY KEY,
  name TEXT,
  district TEXT,
  hectares REAL
);

INSERT INTO farm VALUES
  (1, 'White Field', 'Barda', 40.0),
  (2, 'Two Rivers', 'Shovot', 25.0),
  (3, 'Old Mill', 'Barda', 32.0),
  (4, 'Long Canal', 'Yangibozor', 60.0),
  (5, 'New Seed', 'Shovot', 18.0);

CREATE TABLE harvest (
  farm_id INTEGER,
  year INTEGER,
  tonnes REAL
);

INSERT INTO harvest VALUES
  (1, 2022, 110.0),
  (1, 2023, 128.0),
  (2, 2022, 80.0),
  (2, 2023, 75.0),
  (3, 2023, 96.0),
  (4, 2022, 174.0),
  (4, 2023, 198.0);
