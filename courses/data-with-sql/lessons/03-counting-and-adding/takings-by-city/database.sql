-- All figures are invented for this course.
CREATE TABLE ticket (
  id INTEGER PRIMARY KEY,
  city TEXT,
  line INTEGER,
  day TEXT,
  price REAL,
  kind TEXT
);

INSERT INTO ticket VALUES
  (1, 'Ganja', 1, '2024-05-01', 0.5, 'full'),
  (2, 'Ganja', 1, '2024-05-01', 0.25, 'school'),
  (3, 'Urgench', 7, '2024-05-01', 0.4, 'full'),
  (4, 'Ganja', 5, '2024-05-02', 0.5, 'full'),
  (5, 'Urgench', 7, '2024-05-02', 0.4, 'full'),
  (6, 'Urgench', 3, '2024-05-02', 0.2, 'school'),
  (7, 'Ganja', 1, '2024-05-02', 0.5, 'full'),
  (8, 'Ganja', 5, '2024-05-03', 0.25, 'school'),
  (9, 'Urgench', 3, '2024-05-03', 0.4, NULL),
  (10, 'Ganja', 1, '2024-05-03', 0.5, NULL);
