//! Addresses as a browser splits them: as far as the checks need to know the host and the end of the path.

use std::borrow::Cow;

use crate::settings::Host;

/// An address split into its parts. Nothing is fetched and nothing resolved. The parts are borrowed where they can be,
/// because scripts hold thousands of texts that may be addresses.
#[derive(Debug, PartialEq)]
pub(super) struct Address<'a> {
    /// Lower-case host; none if the address stays in the app. Empty if the address ends before its host, as one that a
    /// script puts together at run time does.
    pub host: Option<Cow<'a, str>>,
    /// The path without query and fragment, percent signs decoded.
    pub path: Cow<'a, str>,
}

/// What people and proxies write as a host with something behind it, so that it is split as one and not as a path.
pub(super) fn from_host(url: &str) -> Cow<'_, str> {
    if url.contains("://") || url.starts_with("//") { url.into() } else { format!("//{url}").into() }
}

impl<'a> Address<'a> {
    pub(super) fn parse(url: &'a str) -> Address<'a> {
        if !url.bytes().any(|byte| matches!(byte, b'\t' | b'\n' | b'\r' | b'\\')) {
            return Address::split(url);
        }
        // Browsers drop line breaks and tabs, and read a backslash as a slash.
        let url = url.replace(['\t', '\n', '\r'], "").replace('\\', "/");
        let Address { host, path } = Address::split(&url);
        Address { host: host.map(|host| host.into_owned().into()), path: path.into_owned().into() }
    }

    fn split(url: &'a str) -> Address<'a> {
        let url = url.trim();
        let scheme = url.split_once(':').map(|(scheme, _)| scheme).filter(|scheme| {
            scheme.starts_with(|c: char| c.is_ascii_alphabetic())
                && scheme.bytes().all(|c| c.is_ascii_alphanumeric() || matches!(c, b'+' | b'-' | b'.'))
        });
        let rest = scheme.map_or(url, |scheme| &url[scheme.len() + 1..]);
        let rest = rest.split(['?', '#']).next().unwrap_or_default();
        let network = scheme.is_some_and(|scheme| {
            ["http", "https", "ws", "wss", "ftp"].into_iter().any(|name| scheme.eq_ignore_ascii_case(name))
        });
        let authority = if network && rest.starts_with('/') {
            // One slash or five: a browser goes to the host all the same.
            Some(rest.trim_start_matches('/'))
        } else if network {
            None
        } else {
            rest.strip_prefix("//")
        };
        let Some(authority) = authority else {
            // What follows `mailto:` or `tel:` is no path. One letter before a colon is a Windows drive.
            let no_file = scheme.is_some_and(|scheme| scheme.len() > 1 && !scheme.eq_ignore_ascii_case("file"));
            return Address { host: None, path: if no_file { "".into() } else { percent_decode(rest) } };
        };
        let (host, path) = authority.find('/').map_or((authority, ""), |at| authority.split_at(at));
        let host = host.rsplit('@').next().unwrap_or_default();
        let host = host.split_once(':').map_or(host, |(host, _)| host).trim_end_matches('.');
        let mut host = percent_decode(host);
        if !host.bytes().all(|byte| byte.is_ascii() && !byte.is_ascii_uppercase()) {
            host = host.to_lowercase().into();
        }
        Address { host: Some(host), path: percent_decode(path) }
    }

    /// The path is `prefix` or lies below it: `/tr` covers `/tr` and `/tr/x`, but not `/travel`. After a star, the path
    /// has to end so: `*/fbevents.js`.
    fn below(&self, prefix: &str) -> bool {
        if let Some(end) = prefix.strip_prefix('*') {
            return self.path.ends_with(end);
        }
        let rest = self.path.strip_prefix(prefix.trim_end_matches('/'));
        rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    }

    /// The extension that the path ends with, lower case.
    pub(super) fn extension(&self) -> Option<String> {
        crate::identify::extension(&self.path)
    }
}

/// `host` is `listed` or lies below it.
fn within(host: &str, listed: &str) -> bool {
    host.strip_suffix(listed).is_some_and(|front| front.is_empty() || front.ends_with('.'))
}

/// `host` is one of a list or lies below one.
pub(crate) fn within_any(host: &str, list: &[impl AsRef<str>]) -> bool {
    list.iter().any(|listed| within(host, listed.as_ref()))
}

/// The line of a list that an address falls under.
pub(super) fn listed<'a>(address: &Address<'_>, list: &'a [Host]) -> Option<&'a Host> {
    let host = address.host.as_deref()?;
    list.iter().find(|line| within(host, &line.host) && line.path.as_deref().is_none_or(|path| address.below(path)))
}

/// The entry that an address in the file `from` means; none if it leads out of the app or is put together elsewhere.
/// `base` is what a page gives as the beginning of its addresses.
pub(crate) fn resolve(from: &str, base: Option<&str>, url: &str) -> Option<String> {
    let based = base.map(|base| {
        let address = Address::parse(base);
        // From the folder of the base on.
        let folder = address.path.rsplit_once('/').map_or("", |(folder, _)| folder);
        if address.host.is_some() { None } else { walk(from, &format!("{folder}/x")) }
    });
    let from = match &based {
        None => from,
        Some(based) => based.as_deref()?,
    };
    let address = Address::parse(url);
    let scheme = url.split(['/', '?', '#']).next().is_some_and(|start| start.contains(':'));
    // Braces and angle brackets belong to templates that are filled in at run time.
    if address.host.is_some() || scheme || address.path.is_empty() || url.contains(['{', '<', '$']) {
        return None;
    }
    // A folder stands for a page that the server chooses.
    if address.path.ends_with('/') { None } else { walk(from, &address.path) }
}

/// Goes from a file along a path, as browsers do: above the top there is the top again.
fn walk(from: &str, path: &str) -> Option<String> {
    let folder = from.rsplit_once('/').map(|(folder, _)| folder).filter(|_| !path.starts_with('/'));
    let mut parts: Vec<&str> = folder.map_or(Vec::new(), |folder| folder.split('/').collect());
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop();
            }
            part => parts.push(part),
        }
    }
    (!parts.is_empty()).then(|| parts.join("/"))
}

pub(super) fn percent_decode(text: &str) -> Cow<'_, str> {
    if !text.contains('%') {
        return text.into();
    }
    let bytes = text.as_bytes();
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        let hex = bytes.get(at + 1..at + 3).and_then(|hex| std::str::from_utf8(hex).ok());
        let decoded = hex.filter(|_| bytes[at] == b'%').and_then(|hex| u8::from_str_radix(hex, 16).ok());
        out.push(decoded.unwrap_or(bytes[at]));
        at += if decoded.is_some() { 3 } else { 1 };
    }
    String::from_utf8_lossy(&out).into_owned().into()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(url: &str) -> (Option<String>, Option<String>) {
        let address = Address::parse(url);
        let extension = address.extension();
        (address.host.map(Cow::into_owned), extension)
    }

    fn some(host: &str, extension: &str) -> (Option<String>, Option<String>) {
        let text = |text: &str| (text != "-").then(|| text.to_owned());
        (text(host), text(extension))
    }

    #[test]
    fn hosts_are_no_files() {
        assert_eq!(parts("https://x.example.com"), some("x.example.com", "-"));
        assert_eq!(parts("https://x.example/a.exe?v=1#top"), some("x.example", "exe"));
        assert_eq!(parts("//user@X.Example:80/a%2Eexe"), some("x.example", "exe"));
        assert_eq!(parts("https:\\\\x.example\\a.EXE"), some("x.example", "exe"));
        assert_eq!(parts("https://X%2eexample/a"), some("x.example", "-"));
        assert_eq!(parts("https:/x.example/a"), some("x.example", "-"));
        assert_eq!(parts("https://"), some("", "-"));
    }

    #[test]
    fn addresses_inside_the_app_have_no_host() {
        assert_eq!(parts("files/setup.exe"), some("-", "exe"));
        assert_eq!(parts("/a.html?x=https://b.example"), some("-", "html"));
        assert_eq!(parts("mailto:a@b.com"), some("-", "-"));
        assert_eq!(parts("C:\\files\\setup.exe"), some("-", "exe"));
    }

    #[test]
    fn addresses_are_resolved_as_a_browser_does() {
        let resolved = |from, url| resolve(from, None, url).unwrap_or_default();
        assert_eq!(resolved("index.html", "css/a.css?v=2"), "css/a.css");
        assert_eq!(resolved("css/a.css", "../img/%D0%B0.png#x"), "img/а.png");
        assert_eq!(resolved("a/b.html", "/c.js"), "c.js");
        assert_eq!(resolved("a/b.html", "./c.js"), "a/c.js");
        assert_eq!(resolved("a/b.html", "../../up.js"), "up.js");
        for outside in ["https://x.example/", "//x.example/a", "{{url}}", "about:blank", "#x", "dir/"] {
            assert_eq!(resolve("a/b.html", None, outside), None, "{outside}");
        }
        let based = |base, url| resolve("a/b.html", Some(base), url).unwrap_or_default();
        assert_eq!(based("/", "c.js"), "c.js");
        assert_eq!(based("../x/", "c.js"), "x/c.js");
        assert_eq!(based("x/y.html", "c.js"), "a/x/c.js");
        assert_eq!(based("https://x.example/", "c.js"), "");
    }

    #[test]
    fn hosts_below_a_listed_one_are_meant_too() {
        assert!(within("www.google-analytics.com", "google-analytics.com"));
        assert!(!within("notgoogle-analytics.com", "google-analytics.com"));
    }
}
