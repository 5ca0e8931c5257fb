ebb model show tides.ebb --format json
