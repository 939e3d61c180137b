//! Style sheets: every address that `url()` or `@import` loads.

use cssparser::{Parser, Token};

use super::{Context, text};
use crate::facts::{Damage, DamageKind, FileFacts, Via, WebFacts};
use crate::source::Source;

/// Blocks inside blocks that are looked into. Real sheets nest fewer than ten.
const DEPTH: u32 = 64;

pub(super) fn probe(source: &dyn Source, context: &Context<'_>, facts: &mut FileFacts) {
    let text = text::read(source, context, facts);
    let mut web = WebFacts::default();
    let complete = scan(&text, 1, context, &mut web);
    if !complete {
        facts.damage.push(Damage::new(DamageKind::OverLimit));
    }
    facts.web = Some(Box::new(web));
}

/// Adds the addresses in `css`, whose first line is line `first_line` of its file; false if something was left out.
pub(super) fn scan(css: &str, first_line: u64, context: &Context<'_>, web: &mut WebFacts) -> bool {
    let mut scan = Scan { first_line, limit: context.limits.references, web, complete: true };
    scan.block(&mut Parser::new(css), 0);
    scan.complete
}

struct Scan<'a> {
    first_line: u64,
    limit: usize,
    web: &'a mut WebFacts,
    complete: bool,
}

impl Scan<'_> {
    fn block(&mut self, parser: &mut Parser<'_>, depth: u32) {
        let mut import = false;
        loop {
            let line = self.first_line + u64::from(parser.current_source_location().line);
            let Ok(token) = parser.next() else { return };
            let mut nested = None;
            match token {
                Token::UnquotedUrl(url) => self.add(url, line),
                Token::QuotedString(url) if import => self.add(url, line),
                Token::Function(name) => {
                    nested = Some(
                        ["url", "src", "image-set", "-webkit-image-set"].iter().any(|f| name.eq_ignore_ascii_case(f)),
                    );
                }
                Token::CurlyBracketBlock | Token::SquareBracketBlock | Token::ParenthesisBlock => nested = Some(false),
                _ => {}
            }
            import = matches!(token, Token::AtKeyword(name) if name.eq_ignore_ascii_case("import"));
            let Some(addresses) = nested else { continue };
            if depth >= DEPTH {
                // The parser passes over a block that is not asked for.
                self.complete = false;
                continue;
            }
            let _: Result<(), cssparser::ParseError<()>> = parser.parse_nested_block(|parser| {
                if addresses {
                    self.strings(parser);
                } else {
                    self.block(parser, depth + 1);
                }
                Ok(())
            });
        }
    }

    /// The quoted addresses of `url("…")` or `image-set("…" 1x)`.
    fn strings(&mut self, parser: &mut Parser<'_>) {
        loop {
            let line = self.first_line + u64::from(parser.current_source_location().line);
            match parser.next() {
                Ok(Token::QuotedString(url) | Token::UnquotedUrl(url)) => self.add(url, line),
                Ok(_) => {}
                Err(_) => return,
            }
        }
    }

    fn add(&mut self, url: &str, line: u64) {
        self.complete &= self.web.add(url, Via::Load, line, self.limit);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::probe::Limits;

    fn addresses(css: &str) -> Vec<(String, u64)> {
        let limits = Limits::default();
        let context = Context::alone(&limits);
        let mut web = WebFacts::default();
        assert!(scan(css, 1, &context, &mut web));
        web.references.into_iter().map(|reference| (reference.url, reference.line)).collect()
    }

    #[test]
    fn every_way_to_write_an_address() {
        let css = "@import 'a.css';\n@import url(b.css);\n.x{background:url( \"c.png\" )}\n\
                   @media print{.y{src:u\\72l(d.woff)}}\n/* url(no.png) */ .z{content:'url(no.png)'}\n\
                   .w{background:image-set('e.png' 1x)}\n.v{background:url(data:image/png;base64,AA==)}";
        let found: Vec<_> = addresses(css);
        let found: Vec<_> = found.iter().map(|(url, line)| (url.as_str(), *line)).collect();
        assert_eq!(found, [("a.css", 1), ("b.css", 2), ("c.png", 3), ("d.woff", 4), ("e.png", 6)]);
    }

    #[test]
    fn a_hundred_thousand_open_blocks_do_not_harm() {
        let limits = Limits::default();
        let context = Context::alone(&limits);
        assert!(!scan(&"a{".repeat(100_000), 1, &context, &mut WebFacts::default()));
    }
}
