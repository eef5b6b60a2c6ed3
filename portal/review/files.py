"""What a person brings: photographs, documents, spoken messages; kept sealed, as they came."""
