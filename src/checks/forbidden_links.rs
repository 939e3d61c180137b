//! Does a page or script lead to a program or to a file with a forbidden extension?

use super::{Opinion, Settings, address::Address, inside};
use crate::facts::{Facts, Format, Via};
use crate::finding::Message;
use crate::settings::ForbiddenLinks;

impl Settings for ForbiddenLinks {
    const CHECK: &'static str = "forbidden-links";

    fn check(&self, facts: &Facts, opinion: &mut Opinion) {
        inside::web(facts, &mut |route, web| {
            for reference in &web.references {
                let address = Address::parse(&reference.url);
                let Some(extension) = address.extension() else { continue };
                if !self.extensions.iter().any(|forbidden| forbidden.extension == extension) {
                    continue;
                }
                let message = Message::new("link-to-forbidden").with("url", reference.url.as_str());
                let message = message.with("extension", extension.as_str());
                let place = inside::place(route).spot(reference.spot);
                // A bare word in a script may be a host ("shop.com"), a key ("comment.doc") or a name in a program
                // ("sys.ps1"); a path or a scheme leaves no doubt, and hardly does the name of a Windows program.
                let sure = reference.via != Via::Text || address.host.is_some() || address.path.contains('/');
                let program = matches!(
                    Format::of_extension(&extension),
                    Some(Format::Exe | Format::Dll | Format::Msi | Format::Jar | Format::Apk)
                );
                if sure {
                    opinion.error(message, place);
                } else if program && extension != "com" {
                    opinion.warning(Message { id: "text-like-forbidden".into(), ..message }, place);
                }
            }
        });
        if inside::bundle(facts, opinion).is_some() {
            inside::must_be_read(facts, opinion);
        }
    }
}
