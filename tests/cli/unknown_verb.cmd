ebb therapist
