"""Questions of the trainers' desk. None of them writes; an object comes only from a query that takes the person."""
