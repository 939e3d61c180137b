//! Addresses written anew, so that they lead to where a file lies now.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

/// What may stand in an address in every kind of text: neither quotes nor brackets nor anything that a style sheet, a
/// script or a page takes for more than a letter.
const KEPT: AsciiSet = NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~').remove(b'/');

/// A name as an address.
pub(super) fn encoded(name: &str) -> String {
    utf8_percent_encode(name, &KEPT).to_string()
}

/// The address `url`, which meant a file from `home`, written so that it means `target` from there: what follows the path
/// stays, and so does its manner, from the root or from where it stands.
pub(super) fn readdressed(url: &str, home: &str, target: &str) -> String {
    let at = url.find(['?', '#']).unwrap_or(url.len());
    let (path, rest) = url.split_at(at);
    let encoded = encoded(target);
    if path.starts_with('/') {
        return format!("/{encoded}{rest}");
    }
    let folders: Vec<&str> = home.split('/').collect();
    let folders = &folders[..folders.len() - 1];
    let parts: Vec<&str> = target.split('/').collect();
    let common = folders.iter().zip(&parts[..parts.len() - 1]).take_while(|(one, other)| one == other).count();
    let up = "../".repeat(folders.len() - common);
    // Modules are asked for by `./`, and without it they are names.
    let here = if up.is_empty() && path.starts_with("./") { "./" } else { "" };
    format!("{here}{up}{}{rest}", self::encoded(&parts[common..].join("/")))
}

#[cfg(test)]
mod tests {
    use super::readdressed;

    #[test]
    fn addresses_keep_their_manner() {
        for (url, home, target, expected) in [
            ("IMG/A.PNG?v=1#x", "index.html", "img/a.png", "img/a.png?v=1#x"),
            ("../IMG/a.png", "css/x.css", "img/a.png", "../img/a.png"),
            ("./Part.js", "js/main.js", "js/part.js", "./part.js"),
            ("/js/A.js", "pages/1.html", "js/a.js", "/js/a.js"),
            ("сурет.png", "a/b.html", "a/сурет (1).png", "%D1%81%D1%83%D1%80%D0%B5%D1%82%20%281%29.png"),
            ("b.html", "a/b/c.html", "b.html", "../../b.html"),
        ] {
            assert_eq!(readdressed(url, home, target), expected, "{url} from {home}");
        }
    }
}
