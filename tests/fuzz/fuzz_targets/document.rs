//! Text documents, whichever of the formats the bytes are.
#![no_main]

use libfuzzer_sys::{Corpus, fuzz_target};

fuzz_target!(|data: &[u8]| -> Corpus { if tekser_fuzz::reads(data) { Corpus::Keep } else { Corpus::Reject } });
