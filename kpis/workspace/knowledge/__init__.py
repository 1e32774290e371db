"""Cases under review: the record, the rubric, the rules from proposal to publication, and their exchange.

Source: methodology, A (`data/methodology`): identify, capture, assess, classify, publish, transfer, review.
"""
