ebb events --names=yes
