SELECT SUM(price) FROM ticket WHERE day = '2024-05-02'
