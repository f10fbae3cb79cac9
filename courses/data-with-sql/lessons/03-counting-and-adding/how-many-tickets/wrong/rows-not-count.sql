SELECT * FROM ticket WHERE day = '2024-05-02'
