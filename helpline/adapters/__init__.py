"""What the ports are made of here: memory, SQL, passwords, the rota."""
