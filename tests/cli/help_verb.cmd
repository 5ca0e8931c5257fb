ebb help events
