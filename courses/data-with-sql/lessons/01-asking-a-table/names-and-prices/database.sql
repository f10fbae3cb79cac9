-- All figures are invented for this course.
CREATE TABLE bread (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL,
  price REAL,
  grams INTEGER
);

INSERT INTO bread VALUES
  (1, 'Tandir', 1.2, 600),
  (2, 'Lavash', 0.6, 200),
  (3, 'Simit', 0.5, 120),
  (4, 'Katlama', 1.5, 350),
  (5, 'Kulcha', 0.9, 250),
  (6, 'Patir', 1.0, 450);
