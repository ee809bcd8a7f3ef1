"""Understanding prose: paragraphs, sentences, quotations, people, who speaks, where and when."""
