ebb --version
