-- All figures are invented for this course.
CREATE TABLE station (
  id INTEGER PRIMARY KEY,
  name TEXT,
  country TEXT
);

INSERT INTO station VALUES
  (1, 'Yevlakh', 'AZ'),
  (2, 'Guba', 'AZ'),
  (3, 'Nukus', 'UZ'),
  (4, 'Bukhara', 'UZ');

CREATE TABLE rain (
  station_id INTEGER,
  month INTEGER,
  mm REAL
);

INSERT INTO rain VALUES
  (1, 1, 20.0),
  (1, 2, NULL),
  (1, 3, 30.0),
  (2, 1, 55.0),
  (2, 2, 61.0),
  (2, 3, 70.0),
  (3, 1, NULL),
  (3, 2, 7.5),
  (3, 3, 11.0),
  (4, 1, 15.0),
  (4, 2, 19.0),
  (4, 3, 27.0);
