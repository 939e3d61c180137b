//! Addresses of services that count, exchanged for ones that lead nowhere: whatever loads them gets nothing, and neither an
//! error nor a request comes of it.

use crate::facts::{Reference, Via};

/// A script without anything in it. Whatever a script puts behind its address is a comment.
const SCRIPT: &str = "data:text/javascript,//";

/// A picture of one point that nobody sees.
const PICTURE: &str = "data:image/gif;base64,R0lGODlhAQABAAAAACH5BAEKAAEALAAAAAABAAEAAAICTAEAOw==";

/// What an address is exchanged for; none where it cannot be told what is done with it, or where only a part of it stands.
pub(super) fn emptied(reference: &Reference) -> Option<&'static str> {
    let url = reference.url.trim();
    let whole = starts(url, "https://") || starts(url, "http://");
    match reference.via {
        // In a tag the address stands as a whole, and what the tag loads is known.
        _ if !whole && !url.starts_with("//") => None,
        Via::Script | Via::Module => Some(SCRIPT),
        Via::Image | Via::Icon => Some(PICTURE),
        Via::Frame => Some("about:blank"),
        Via::Style => Some("data:text/css,"),
        Via::Load => Some("data:,"),
        // A script may put a scheme before what has none, and may send to it what cannot be sent to nowhere.
        Via::Text | Via::Request if whole && is_script(url) => Some(SCRIPT),
        Via::Text | Via::Request | Via::Media | Via::Font | Via::Form | Via::Link => None,
    }
}

fn starts(url: &str, scheme: &str) -> bool {
    url.get(..scheme.len()).is_some_and(|start| start.eq_ignore_ascii_case(scheme))
}

/// The address of a script: by its extension, or as Google writes it.
fn is_script(url: &str) -> bool {
    let path = url.split(['?', '#']).next().unwrap_or_default();
    path.ends_with(".js") || path.ends_with("/gtag/js")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::facts::Spot;

    #[test]
    fn what_is_surely_loaded_is_emptied_and_nothing_else() {
        let emptied = |url: &str, via| emptied(&Reference { url: url.to_owned(), via, spot: Spot::default() });
        for (url, via) in [
            ("https://mc.yandex.ru/metrika/tag.js", Via::Text),
            ("https://www.googletagmanager.com/gtm.js?id=", Via::Request),
            ("//www.googletagmanager.com/gtag/js?id=G-1", Via::Script),
            ("HTTPS://counter.example/hit", Via::Image),
        ] {
            assert!(emptied(url, via).is_some(), "{url} {via:?}");
        }
        for (url, via) in [
            ("//mc.yandex.ru/metrika/watch.js", Via::Text),
            (".google-analytics.com/ga.js", Via::Text),
            ("https://collector.example/send", Via::Request),
            ("stat/matomo.js", Via::Script),
            ("https://counter.example/", Via::Link),
        ] {
            assert_eq!(emptied(url, via), None, "{url} {via:?}");
        }
    }
}
