//! Style sheets: every address that `url()` or `@import` loads.

use cssparser::{Parser, Token};

use super::{Context, text};
use crate::facts::{Damage, DamageKind, FileFacts, Spot, Via, WebFacts};
use crate::source::Source;

/// Blocks inside blocks that are looked into. Real sheets nest fewer than ten.
const DEPTH: u32 = 64;

pub(super) fn probe(source: &dyn Source, context: &Context<'_>, facts: &mut FileFacts) {
    let text = text::read(source, context, facts);
    let mut web = WebFacts::default();
    let complete = scan(&text, text::START, context, &mut web);
    if !complete {
        facts.damage.push(Damage::new(DamageKind::OverLimit));
    }
    facts.web = Some(web.into());
}

/// Adds the addresses in `css`, which begins at `origin` in its file; false if something was left out.
pub(super) fn scan(css: &str, origin: Spot, context: &Context<'_>, web: &mut WebFacts) -> bool {
    let mut scan = Scan { origin, limit: context.limits.references, web, complete: true };
    scan.block(&mut Parser::new(css), 0, Via::Image);
    scan.complete
}

struct Scan<'a> {
    origin: Spot,
    limit: usize,
    web: &'a mut WebFacts,
    complete: bool,
}

impl Scan<'_> {
    fn spot(&self, parser: &Parser<'_>) -> Spot {
        let place = parser.current_source_location();
        let line = self.origin.line + u64::from(place.line);
        let before = if place.line == 0 { self.origin.column - 1 } else { 0 };
        Spot { line, column: before + u64::from(place.column) }
    }

    /// `via` is how the addresses of this block are used: as pictures, or as fonts in `@font-face`.
    fn block(&mut self, parser: &mut Parser<'_>, depth: u32, via: Via) {
        let mut rule = Rule::Other;
        loop {
            parser.skip_whitespace();
            let spot = self.spot(parser);
            let Ok(token) = parser.next() else { return };
            let via = if rule == Rule::Import { Via::Style } else { via };
            let mut nested = None;
            match token {
                Token::UnquotedUrl(url) => self.add(url, via, spot),
                Token::QuotedString(url) if rule == Rule::Import => self.add(url, via, spot),
                Token::Function(name) => {
                    nested = Some(
                        ["url", "src", "image-set", "-webkit-image-set"].iter().any(|f| name.eq_ignore_ascii_case(f)),
                    );
                }
                Token::CurlyBracketBlock | Token::SquareBracketBlock | Token::ParenthesisBlock => nested = Some(false),
                _ => {}
            }
            let inner = if rule == Rule::FontFace { Via::Font } else { via };
            rule = match token {
                Token::AtKeyword(name) if name.eq_ignore_ascii_case("import") => Rule::Import,
                Token::AtKeyword(name) if name.eq_ignore_ascii_case("font-face") => Rule::FontFace,
                _ => Rule::Other,
            };
            let Some(addresses) = nested else { continue };
            if depth >= DEPTH {
                // The parser passes over a block that is not asked for.
                self.complete = false;
                continue;
            }
            let _: Result<(), cssparser::ParseError<()>> = parser.parse_nested_block(|parser| {
                if addresses {
                    self.strings(parser, via);
                } else {
                    self.block(parser, depth + 1, inner);
                }
                Ok(())
            });
        }
    }

    /// The quoted addresses of `url("…")` or `image-set("…" 1x)`.
    fn strings(&mut self, parser: &mut Parser<'_>, via: Via) {
        loop {
            parser.skip_whitespace();
            let spot = self.spot(parser);
            match parser.next() {
                Ok(Token::QuotedString(url) | Token::UnquotedUrl(url)) => self.add(url, via, spot),
                Ok(_) => {}
                Err(_) => return,
            }
        }
    }

    fn add(&mut self, url: &str, via: Via, spot: Spot) {
        self.complete &= self.web.add(url, via, spot, self.limit);
    }
}

/// The rule whose beginning was just read.
#[derive(Clone, Copy, PartialEq)]
enum Rule {
    Import,
    FontFace,
    Other,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::probe::Limits;

    fn addresses(css: &str) -> Vec<(String, Via, u64, u64)> {
        let limits = Limits::default();
        let context = Context::alone(&limits);
        let mut web = WebFacts::default();
        assert!(scan(css, text::START, &context, &mut web));
        web.references.into_iter().map(|r| (r.url, r.via, r.spot.line, r.spot.column)).collect()
    }

    #[test]
    fn every_way_to_write_an_address() {
        let css = "@import 'a.css';\n@import url(b.css);\n.x{background:url( \"c.png\" )}\n\
                   @media print{@font-face{src:u\\72l(d.woff)}}\n/* url(no.png) */ .z{content:'url(no.png)'}\n\
                   .w{background:image-set('e.png' 1x)}\n.v{background:url(data:image/png;base64,AA==)}";
        let found: Vec<_> = addresses(css);
        let found: Vec<_> = found.iter().map(|(url, via, line, column)| (url.as_str(), *via, *line, *column)).collect();
        assert_eq!(
            found,
            [
                ("a.css", Via::Style, 1, 9),
                ("b.css", Via::Style, 2, 9),
                ("c.png", Via::Image, 3, 20),
                ("d.woff", Via::Font, 4, 29),
                ("e.png", Via::Image, 6, 25),
            ]
        );
    }

    #[test]
    fn a_hundred_thousand_open_blocks_do_not_harm() {
        let limits = Limits::default();
        let context = Context::alone(&limits);
        assert!(!scan(&"a{".repeat(100_000), text::START, &context, &mut WebFacts::default()));
    }
}
