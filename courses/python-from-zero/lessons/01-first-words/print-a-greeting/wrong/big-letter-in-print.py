Print("Salam")
