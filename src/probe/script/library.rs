//! Well-known libraries, by what they say of themselves at their beginning. What they could do is no news about an app.

use std::cmp::Reverse;

/// Bytes at the front in which a banner stands.
const BANNER: usize = 2_000;

/// Names of libraries as their banners write them.
const NAMES: &[&str] = &[
    "jQuery UI",
    "jQuery Migrate",
    "jQuery Mobile",
    "jQuery",
    "Bootstrap",
    "popper.js",
    "@popperjs/core",
    "React",
    "Vue.js",
    "AngularJS",
    "Modernizr",
    "Lodash",
    "lodash",
    "Underscore.js",
    "Backbone.js",
    "Handlebars",
    "handlebars",
    "RequireJS",
    "require.js",
    "CreateJS",
    "EaselJS",
    "SoundJS",
    "PreloadJS",
    "TweenJS",
    "GSAP",
    "pixi.js",
    "PixiJS",
    "Phaser",
    "Three.js",
    "three.js",
    "howler.js",
    "Howler",
    "Hammer.JS",
    "Raphaël",
    "Snap.svg",
    "D3.js",
    "d3",
    "Chart.js",
    "MathJax",
    "KaTeX",
    "moment.js",
    "Moment.js",
    "Day.js",
    "Swiper",
    "Slick",
    "slick.js",
    "Owl Carousel",
    "Reveal.js",
    "reveal.js",
    "impress.js",
    "Video.js",
    "video.js",
    "Plyr",
    "MediaElement",
    "Fabric.js",
    "fabric.js",
    "Konva",
    "Paper.js",
    "p5.js",
    "Matter.js",
    "matter-js",
    "anime.js",
    "Velocity",
    "lottie",
    "html2canvas",
    "jsPDF",
    "FileSaver.js",
    "JSZip",
    "pako",
    "CryptoJS",
    "core-js",
    "regenerator",
    "Blockly",
    "CodeMirror",
    "ACE",
    "highlight.js",
    "Prism",
    "marked",
    "DOMPurify",
    "FastClick",
    "iScroll",
    "fullPage",
    "Isotope",
    "Masonry",
    "lightbox",
    "fancyBox",
    "Magnific Popup",
    "SweetAlert",
    "Select2",
    "DataTables",
    "axios",
    "Knockout",
    "Ember",
    "MooTools",
    "Prototype",
    "Dojo",
    "Babylon.js",
    "A-Frame",
    "Leaflet",
    "OpenLayers",
];

/// The library whose banner stands at the front of a script, with its version if the banner tells one.
pub(super) fn of(script: &str) -> Option<String> {
    let head = script.get(..script.floor_char_boundary(BANNER))?;
    let comment = head
        .find("/*")
        .map(|at| &head[at + 2..])
        .filter(|_| head.trim_start().starts_with(['/', '(', ';', '!', '"', '\'']))?;
    let comment = comment.split("*/").next()?;
    let (at, name) = NAMES
        .iter()
        .filter_map(|name| Some((find_word(comment, name)?, *name)))
        .min_by_key(|(at, name)| (*at, Reverse(name.len())))?;
    // A version stands close behind the name: "v3.6.0", "@2.1.4", "JavaScript Library v1.12".
    let behind: String = comment[at + name.len()..].chars().take(60).collect();
    let behind = behind.split('\n').next().unwrap_or_default();
    let version =
        behind.split(|c: char| c.is_whitespace() || matches!(c, '@' | ',' | '(' | ')' | '-' | ':')).find_map(|word| {
            let word = word.trim_start_matches(['v', 'V']).trim_end_matches('.');
            let digits = word.starts_with(|c: char| c.is_ascii_digit()) && word.contains('.');
            (digits && word.chars().all(|c| c.is_ascii_alphanumeric() || c == '.')).then_some(word)
        });
    Some(version.map_or_else(|| name.to_owned(), |version| format!("{name} {version}")))
}

fn find_word(text: &str, name: &str) -> Option<usize> {
    text.match_indices(name).map(|(at, _)| at).find(|at| {
        let letter = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
        !letter(text[..*at].chars().next_back()) && !letter(text[at + name.len()..].chars().next())
    })
}

#[cfg(test)]
mod tests {
    use super::of;

    #[test]
    fn banners_tell_name_and_version() {
        for (banner, expected) in [
            ("/*! jQuery v3.6.0 | (c) OpenJS Foundation */\n!function", Some("jQuery 3.6.0")),
            ("/*!\n * jQuery JavaScript Library v1.12.4\n * http://jquery.com/\n */", Some("jQuery 1.12.4")),
            ("/*! jQuery UI - v1.12.1 - 2016-09-14\n*/", Some("jQuery UI 1.12.1")),
            ("/*!\n  * Bootstrap v4.3.1 (https://getbootstrap.com/)\n */", Some("Bootstrap 4.3.1")),
            ("/**\n * @license\n * Lodash <https://lodash.com/>\n */", Some("Lodash")),
            ("/* howler.js v2.2.3 */", Some("howler.js 2.2.3")),
            ("// my quiz\nvar a = 1;", None),
            ("/* uses jQueryFoo */", None),
            ("var x = 1; /* jQuery v3 */", None),
        ] {
            assert_eq!(of(banner).as_deref(), expected, "{banner}");
        }
    }
}
