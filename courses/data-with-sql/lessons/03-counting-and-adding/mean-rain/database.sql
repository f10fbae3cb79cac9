-- All figures are invented for this course.
CREATE TABLE station (
  id INTEGER PRIMARY KEY,
  name TEXT,
  country TEXT
);

INSERT INTO station VALUES
  (1, 'Ganja', 'AZ'),
  (2, 'Lankaran', 'AZ'),
  (3, 'Sheki', 'AZ'),
  (4, 'Urgench', 'UZ'),
  (5, 'Khiva', 'UZ');

CREATE TABLE rain (
  station_id INTEGER,
  month INTEGER,
  mm REAL
);

INSERT INTO rain VALUES
  (1, 1, 14.0),
  (1, 2, 20.5),
  (1, 3, NULL),
  (2, 1, 95.0),
  (2, 2, 110.5),
  (2, 3, 90.0),
  (3, 1, 40.0),
  (3, 2, NULL),
  (3, 3, 62.0),
  (4, 1, 9.0),
  (4, 2, 10.5),
  (4, 3, 18.0),
  (5, 1, 8.0),
  (5, 2, NULL),
  (5, 3, NULL);
