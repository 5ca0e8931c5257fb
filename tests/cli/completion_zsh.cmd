ebb help --completion zsh
