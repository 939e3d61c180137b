//! Pages.
#![no_main]

use libfuzzer_sys::{Corpus, fuzz_target};
use tekser::facts::Format;
use tekser::probe::Listen;

fuzz_target!(|data: &[u8]| -> Corpus {
    if tekser_fuzz::survives(data, "index.html", &[Format::Html], Listen::Nothing) {
        Corpus::Keep
    } else {
        Corpus::Reject
    }
});
