//! What is planned for a learning platform.

use super::{Draft, encoded, is_page, page};
use crate::START_PAGE;
use crate::finding::Message;
use crate::pack::course::{is_launch_folder, markup};
use crate::pack::{Course, Means, Packed, Target};

impl<'a> Draft<'a> {
    /// The app is a package of this standard already, and stays the one that it is. A manifest of the same name that
    /// belongs to another standard stays out, with the pages that were made to report by that.
    pub(super) fn is_one_already(&mut self, target: Target) -> bool {
        let Some((number, entry, _)) = self.packed().find(|(.., name)| *name == target.manifest()) else {
            return false;
        };
        let package = entry.file.as_ref().and_then(|file| file.package.as_deref());
        let same = package.is_some_and(|package| package.standard == target.standard());
        let message = if same { Message::new("pack-course-already") } else { Message::new("pack-course-replaced") };
        let message = message.with("standard", target.standard().name());
        self.tell(Means::Target(target), message, vec![target.manifest().to_owned()]);
        if same {
            return true;
        }
        self.names[number] = None;
        let made = package.and_then(|package| package.launch.first()?.split_once('/'));
        if let Some((folder, _)) = made.filter(|(folder, _)| is_launch_folder(folder)) {
            let inside = |name: &mut String| name.strip_prefix(folder).is_some_and(|rest| rest.starts_with('/'));
            self.names.iter_mut().filter_map(|name| name.take_if(inside)).for_each(drop);
        }
        false
    }

    /// Finds the pages that the author wants listed.
    pub(super) fn parts(&mut self, course: Option<&'a Course>) -> Result<(), Vec<Message>> {
        let items = course.iter().flat_map(|course| &course.material.item);
        let find = |page: &str| {
            let mut pages = self.packed().filter(|(_, entry, _)| is_page(entry));
            let found = pages.find(|(_, entry, name)| *name == page || entry.name == page);
            found.map(|(number, ..)| number)
        };
        let (mut parts, mut missing) = (Vec::new(), Vec::new());
        for item in items {
            match find(&item.page) {
                Some(number) => parts.push((number, item.title.as_str())),
                None => missing.push(Message::new("pack-refused-item").with("page", item.page.as_str())),
            }
        }
        if !missing.is_empty() {
            return Err(missing);
        }
        self.parts = parts;
        Ok(())
    }

    /// Where the app speaks to platforms of this standard by itself.
    fn speaks(&self, target: Target) -> Option<String> {
        let interface = target.interface()?;
        self.packed().find_map(|(_, entry, name)| {
            let web = entry.file.as_ref()?.web.as_ref()?;
            let spoken = web.apis.iter().find(|api| api.name == interface)?;
            Some(format!("{name}:{} {interface}", spoken.spot.line))
        })
    }

    /// Adds what makes a course of the files.
    pub(super) fn course(&mut self, course: &Course, files: &mut Vec<Packed>) -> Result<(), Message> {
        let names: Vec<&str> = files.iter().map(|file| file.name.as_str()).collect();
        let mut pages: Vec<(&str, &str)> =
            self.parts.iter().filter_map(|(number, title)| Some((self.names[*number].as_deref()?, *title))).collect();
        if pages.is_empty() {
            if !names.contains(&START_PAGE) {
                return Err(Message::new("pack-refused-start"));
            }
            pages.push((START_PAGE, &course.material.title));
        }
        let spoken = self.speaks(course.target);
        let report = course.target.hears() && course.reported.unwrap_or(spoken.is_none());
        let made = course.made(&pages, &names, report);
        let means = Means::Target(course.target);
        let message = if report { Message::new("pack-course-reported") } else { Message::new("pack-course") };
        let message = message.with("standard", course.target.standard().name());
        self.tell(means, message, made.iter().map(|(name, _)| name.clone()).collect());
        if !report {
            self.tell(means, Message::new("pack-course-speaks"), spoken.into_iter().collect());
        }
        files.extend(made.into_iter().map(|(name, text)| Packed::made(name, text)));
        files.sort_by(|a, b| a.name.cmp(&b.name));
        Ok(())
    }
}

/// A page that lists the parts of a course, for whoever opens it without a platform.
pub(super) fn list_of<'a>(course: &Course, parts: impl Iterator<Item = (&'a str, &'a str)>) -> String {
    let title = markup(&course.material.title);
    let language = course.material.language.as_deref().unwrap_or("kk");
    let links = parts.map(|(page, title)| format!("<li><a href=\"{}\">{}</a></li>\n", encoded(page), markup(title)));
    page(&markup(language), &title, "", &format!("<h1>{title}</h1>\n<ol>\n{}</ol>\n", links.collect::<String>()))
}
