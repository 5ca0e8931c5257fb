ebb population parting.ebb --format json | head -c 700
