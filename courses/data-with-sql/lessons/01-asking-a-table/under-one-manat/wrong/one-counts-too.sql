SELECT name FROM bread WHERE price <= 1
