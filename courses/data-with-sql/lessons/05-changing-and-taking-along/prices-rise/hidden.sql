-- All figures are invented for this course.
CREATE TABLE bread (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL,
  price REAL,
  grams INTEGER
);

INSERT INTO bread VALUES
  (1, 'Tandir', 0.9, 500),
  (2, 'Lavash', 1.0, 200),
  (3, 'Somsa', 0.8, 150),
  (4, 'Non', 2.5, 900),
  (5, 'Fasali', 0.4, 100);
