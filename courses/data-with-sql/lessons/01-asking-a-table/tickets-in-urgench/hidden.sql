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
  (1, 'Urgench', 3, '2024-06-01', 0.4, 'full'),
  (2, 'Urgench', 3, '2024-06-01', 0.4, NULL),
  (3, 'Ganja', 9, '2024-06-01', 0.6, 'full'),
  (4, 'Khiva', 2, '2024-06-02', 0.3, 'school'),
  (5, 'Ganja', 9, '2024-06-02', 0.3, 'school'),
  (6, 'Urgench', 7, '2024-06-02', 0.4, 'full'),
  (7, 'Khiva', 2, '2024-06-02', 0.3, 'full'),
  (8, 'Ganja', 1, '2024-06-02', 0.6, 'full');
