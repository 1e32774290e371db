"""Where figures come from: one module per publisher or collection; upstream format in, observations out."""
