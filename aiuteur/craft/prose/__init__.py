"""Understanding prose: paragraphs, sentences, quotations, people, who speaks, where and when. English first; other languages by their marks."""
