//! Paragraphs for people, wrapped to a width that can be read.

use std::io::{self, Write};

use textwrap::{Options, WordSplitter};

/// Columns that a line may have.
const WIDTH: usize = 110;

/// Writes a paragraph, its first line `first` columns in, its later lines `rest` columns. Words with hyphens, such as
/// ids, are kept whole.
///
/// # Errors
/// What `out` says when it cannot take more.
pub fn paragraph(out: &mut dyn Write, first: usize, rest: usize, text: &str) -> io::Result<()> {
    let (first, rest) = (" ".repeat(first), " ".repeat(rest));
    let options = Options::new(WIDTH).initial_indent(&first).subsequent_indent(&rest).break_words(false);
    writeln!(out, "{}", textwrap::fill(text, options.word_splitter(WordSplitter::NoHyphenation)))
}
