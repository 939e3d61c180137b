//! Archives, and what is in them.
#![no_main]

use libfuzzer_sys::{Corpus, fuzz_target};
use tekser::facts::Format;
use tekser::probe::Listen;

fuzz_target!(|data: &[u8]| -> Corpus {
    if !tekser_fuzz::survives(data, "quiz.zip", &[Format::Zip], Listen::Nothing) {
        return Corpus::Reject;
    }
    tekser_fuzz::readers_agree(data);
    Corpus::Keep
});
