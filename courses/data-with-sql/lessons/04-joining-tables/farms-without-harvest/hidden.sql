-- All figures are invented for this course.
CREATE TABLE farm (
  id INTEGER PRIMARY KEY,
  name TEXT,
  district TEXT,
  hectares REAL
);

INSERT INTO farm VALUES
  (1, 'Green Hill', 'Tartar', 20.0),
  (2, 'Salt Lake', 'Xonqa', 50.0),
  (3, 'Mulberry', 'Xonqa', 35.0),
  (4, 'Bee House', 'Tartar', 15.0);

CREATE TABLE harvest (
  farm_id INTEGER,
  year INTEGER,
  tonnes REAL
);

INSERT INTO harvest VALUES
  (1, 2022, 50.0),
  (1, 2023, 58.0),
  (2, 2023, 160.0),
  (4, 2023, 60.0),
  (4, 2022, 33.0);
