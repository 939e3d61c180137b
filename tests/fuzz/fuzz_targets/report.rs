//! Reports that somebody may have altered: what can be read as one can be told in every language, written in every form and
//! judged again.
#![no_main]

use std::io;

use libfuzzer_sys::{Corpus, fuzz_target};
use tekser::judge::judge;
use tekser::report::document::Submissions;
use tekser::report::{Document, Format};
use tekser_fuzz::{LOCALES, PROFILE, all_sayable, today};

fuzz_target!(|data: &[u8]| -> Corpus {
    let Ok(mut document) = serde_json::from_slice::<Document<'_>>(data) else { return Corpus::Reject };
    for locale in LOCALES.iter() {
        document.retell(locale);
        for format in Format::all() {
            format.write(&document, locale, &mut io::sink()).expect("nothing refuses bytes");
        }
    }
    if let Submissions::Written(submissions) = document.submissions {
        for submission in submissions {
            let facts = submission.into_facts();
            let judgement = judge(&PROFILE, &facts, today());
            assert_eq!(judgement, judge(&PROFILE, &facts, today()), "the same facts, another judgement");
            all_sayable(&judgement);
        }
    }
    Corpus::Keep
});
