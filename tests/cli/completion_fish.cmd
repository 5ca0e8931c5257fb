ebb help --completion fish
