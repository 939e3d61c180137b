//! Pictures: PNG.
#![no_main]

use libfuzzer_sys::{Corpus, fuzz_target};
use tekser::facts::Format;
use tekser::probe::Listen;

fuzz_target!(|data: &[u8]| -> Corpus {
    if tekser_fuzz::survives(data, "diagram.png", &[Format::Png], Listen::Nothing) {
        Corpus::Keep
    } else {
        Corpus::Reject
    }
});
