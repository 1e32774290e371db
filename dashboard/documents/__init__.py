"""What is carried away: plans, briefs and stories as PDF, DOCX, PPTX, XLSX, HTML and Markdown."""
