//! Scripts as trees: whether a browser takes them, and what they do with the addresses and interfaces they name.

use std::cell::Cell;
use std::sync::Mutex;

use oxc_allocator::Allocator;
use oxc_ast::ast::{
    Argument, AssignmentExpression, AssignmentTarget, BindingIdentifier, CallExpression, ExportAllDeclaration,
    ExportFromDeclaration, Expression, ImportDeclaration, ImportExpression, NewExpression, ObjectPropertyKind, Program,
    Statement, StaticMemberExpression, StringLiteral,
};
use oxc_ast_visit::{Visit, walk};
use oxc_diagnostics::OxcDiagnostic;
use oxc_parser::{ParseOptions, Parser};
use oxc_semantic::SemanticBuilder;
use oxc_span::{GetSpan, SourceType, Span};

use super::Kind;
use crate::facts::{Obfuscation, Via};

/// Levels that fit any stack.
const SHALLOW: u64 = 150;

/// Levels beyond which a script is not read as a tree: nobody writes it, and its stack would have more than 240 MB.
const DEEPEST: u64 = 40_000;

/// Bytes of stack that a level is given; 1,450 were measured in a build for release, and a debug build takes more.
const LEVEL: u64 = 6_000;

/// Bytes of a script that somebody may have written by hand.
const WRITTEN_BY_HAND: usize = 512 << 10;

/// Bytes of a line, on the average of a script, that nobody writes by hand.
const SHRUNK: usize = 200;

/// Bytes of memory that a byte of a script may need as a tree. Four to twelve were measured.
const TREE: usize = 16;

/// Bytes of memory that systems hand out from a place of their own and take back whole; smaller pieces leave holes. Only
/// what is written to becomes memory.
const APART: usize = 40 << 20;

/// Bytes of a script whose tree is large.
const LARGE: usize = 1 << 20;

thread_local! {
    /// Memory in which the trees of a thread's scripts grow, one after the other.
    static ARENA: Cell<Option<Allocator>> = const { Cell::new(None) };
}

/// Large trees grow one at a time, or else memory would grow with the number of threads.
static LARGE_TREE: Mutex<()> = Mutex::new(());

/// Names of the browser that are looked for as names of their own or as parts of `window`.
const GLOBALS: [&str; 13] = [
    "fetch",
    "prompt",
    "eval",
    "importScripts",
    "XMLHttpRequest",
    "WebSocket",
    "EventSource",
    "WebTransport",
    "RTCPeerConnection",
    "Function",
    "indexedDB",
    "WebAssembly",
    "Notification",
];

/// Parts of objects of the browser, and of learning platforms, that hardly anything else is called.
const MEMBERS: [&str; 10] = [
    "sendBeacon",
    "geolocation",
    "getUserMedia",
    "getDisplayMedia",
    "enumerateDevices",
    "clipboard",
    "toDataURL",
    "getImageData",
    "LMSInitialize",
    "API_1484_11",
];

/// What a tree shows. Numbers are byte offsets.
#[derive(Default)]
pub(super) struct Seen {
    /// Texts that something is done with.
    pub addresses: Vec<(usize, Via, String)>,
    /// Interfaces and what they are given first; none if there is no tree.
    pub uses: Option<Vec<(usize, String, Option<String>)>>,
    /// The first error.
    pub error: Option<(usize, String)>,
    /// Names that a classic script declares for the whole page.
    pub declared: Vec<(usize, String)>,
    /// Where a file that may be a classic script or a module shows that it is a module.
    pub module: Option<usize>,
    pub obfuscated: Option<(usize, Obfuscation)>,
}

/// Reads a script that goes down at most `depth` levels.
pub(super) fn read(script: &str, kind: Kind, depth: u64) -> Seen {
    if depth <= SHALLOW {
        return parse(script, kind);
    }
    if depth > DEEPEST || u32::try_from(script.len()).is_err() {
        return Seen::default();
    }
    // A thread of its own, because only a new thread has a stack of the size that is needed.
    let stack = usize::try_from((2 << 20) + depth * LEVEL).unwrap_or(usize::MAX);
    std::thread::scope(|scope| {
        let thread = std::thread::Builder::new().stack_size(stack).spawn_scoped(scope, || parse(script, kind));
        thread.ok().and_then(|thread| thread.join().ok()).unwrap_or_default()
    })
}

fn parse(script: &str, kind: Kind) -> Seen {
    let fresh = || Allocator::with_capacity((script.len() * TREE).max(APART));
    if script.len() > LARGE {
        let _alone = crate::locked(&LARGE_TREE);
        return read_in(&fresh(), script, kind);
    }
    let mut arena = ARENA.take().unwrap_or_else(fresh);
    let seen = read_in(&arena, script, kind);
    arena.reset();
    ARENA.set(Some(arena));
    seen
}

fn read_in(allocator: &Allocator, script: &str, kind: Kind) -> Seen {
    let source_type = match kind {
        Kind::Classic | Kind::Handler => SourceType::script(),
        Kind::Module => SourceType::mjs(),
        Kind::File | Kind::Data => SourceType::unambiguous(),
    };
    let options = ParseOptions {
        allow_return_outside_function: kind == Kind::Handler,
        parse_regular_expression: true,
        ..ParseOptions::default()
    };
    let parsed = Parser::new(allocator, script, source_type).with_options(options).parse();
    let sloppy = !matches!(kind, Kind::Module) && !parsed.program.source_type.is_module();
    let mut diagnostics = parsed.diagnostics.iter().filter(|diagnostic| !(sloppy && runs_anyway(diagnostic, script)));
    let mut error = diagnostics.next().map(place);
    if error.is_none() && is_written_by_hand(script) {
        let semantic = SemanticBuilder::new_compiler().with_check_syntax_error(true).build(&parsed.program);
        error = semantic.diagnostics.first().map(place);
    }
    if error.is_some() {
        // What no browser runs does nothing; its texts are known from its tokens.
        return Seen { error, ..Seen::default() };
    }
    let mut walk = Walk::default();
    walk.visit_program(&parsed.program);
    let module = (kind == Kind::File && parsed.program.source_type.is_module()).then(|| {
        let mut statements = parsed.program.body.iter();
        let declaration = statements.find_map(|statement| statement.as_module_declaration());
        declaration.map_or(0, |declaration| declaration.span().start as usize)
    });
    walk.uses.retain(|(_, name, _)| !walk.own.contains(&name.as_str()));
    let classic = matches!(kind, Kind::Classic | Kind::File) && !parsed.program.source_type.is_module();
    let declared = if classic { declared(&parsed.program) } else { Vec::new() };
    let Walk { addresses, uses, obfuscated, .. } = walk;
    Seen { addresses, uses: Some(uses), error: None, declared, module, obfuscated }
}

/// Somebody may have written the script with his own hands, and so may have declared a name twice. Programs that put
/// scripts together and shrink them see to that, and there only the grammar is looked at.
fn is_written_by_hand(script: &str) -> bool {
    script.len() <= WRITTEN_BY_HAND && script.len() / SHRUNK <= memchr::memchr_iter(b'\n', script.as_bytes()).count()
}

/// Names that a script declares at its top with `let`, `const` or `class`.
fn declared(program: &Program<'_>) -> Vec<(usize, String)> {
    /// Names kept of one script.
    const NAMES: usize = 200;

    let mut names = Vec::new();
    for statement in &program.body {
        match statement {
            Statement::VariableDeclaration(declaration) if !declaration.kind.is_var() => {
                let identifiers = declaration.declarations.iter().flat_map(|one| one.id.get_binding_identifiers());
                names.extend(identifiers.map(|one| (one.span.start as usize, one.name.to_string())));
            }
            Statement::ClassDeclaration(class) => {
                names.extend(class.id.iter().map(|one| (one.span.start as usize, one.name.to_string())));
            }
            _ => {}
        }
        if names.len() >= NAMES {
            break;
        }
    }
    names
}

/// Browsers take `f() = x` for the sake of old pages, and stop only if they get there.
fn runs_anyway(diagnostic: &OxcDiagnostic, script: &str) -> bool {
    let target = diagnostic.labels.first().and_then(|label| {
        let start = label.offset() as usize;
        script.get(start..start + label.len() as usize)
    });
    diagnostic.message.starts_with("Cannot assign to this expression") && target.is_some_and(|text| text.ends_with(')'))
}

fn place(diagnostic: &OxcDiagnostic) -> (usize, String) {
    let at = diagnostic.labels.first().map_or(0, |label| label.offset() as usize);
    (at, diagnostic.message.to_string())
}

#[derive(Default)]
struct Walk {
    addresses: Vec<(usize, Via, String)>,
    uses: Vec<(usize, String, Option<String>)>,
    obfuscated: Option<(usize, Obfuscation)>,
    /// Names of the browser that the script gives to things of its own.
    own: Vec<&'static str>,
}

impl Walk {
    fn uses(&mut self, span: Span, name: &str, argument: Option<String>) {
        self.uses.push((span.start as usize, name.to_owned(), argument));
    }

    /// What is done with the text that an argument begins with.
    fn address(&mut self, argument: Option<&Argument<'_>>, via: Via) {
        if let Some((at, text)) = argument.and_then(Argument::as_expression).and_then(beginning) {
            self.addresses.push((at, via, text));
        }
    }

    fn literal(&mut self, literal: &StringLiteral<'_>, via: Via) {
        self.addresses.push((literal.span.start as usize, via, literal.value.to_string()));
    }

    /// Code that is put together and run: from what?
    fn runs(&mut self, span: Span, code: Option<&Argument<'_>>) {
        let how = match code.and_then(Argument::as_expression).map(Expression::get_inner_expression) {
            Some(Expression::CallExpression(call)) => match call.callee.get_inner_expression() {
                Expression::FunctionExpression(function) if function.params.items.len() >= 5 => Obfuscation::Packed,
                callee if matches!(name(callee), Some("atob" | "fromCharCode")) => Obfuscation::DecodedCode,
                // A text that comes from elsewhere may have been encoded for the way.
                callee
                    if matches!(name(callee), Some("unescape" | "decodeURIComponent"))
                        && call.arguments.first().and_then(Argument::as_expression).and_then(beginning).is_some() =>
                {
                    Obfuscation::DecodedCode
                }
                _ => return,
            },
            _ => return,
        };
        self.obfuscated.get_or_insert((span.start as usize, how));
    }
}

/// The name of a thing, or of the last part of it: `fetch`, and of `window.fetch` too.
fn name<'a>(expression: &'a Expression<'_>) -> Option<&'a str> {
    match expression {
        Expression::Identifier(identifier) => Some(identifier.name.as_str()),
        Expression::StaticMemberExpression(member) => Some(member.property.name.as_str()),
        _ => None,
    }
}

/// A global thing by its name alone or as a part of the window.
fn global<'a>(expression: &'a Expression<'_>) -> Option<&'a str> {
    match expression {
        Expression::Identifier(identifier) => Some(identifier.name.as_str()),
        Expression::StaticMemberExpression(member) => {
            let window = matches!(
                &member.object,
                Expression::Identifier(object) if matches!(object.name.as_str(), "window" | "self" | "globalThis" | "top")
            );
            window.then(|| member.property.name.as_str())
        }
        _ => None,
    }
}

/// How a worker with these arguments is loaded: as a module, if its options say so.
fn worker(arguments: &[Argument<'_>]) -> Via {
    let options = arguments.get(1).and_then(Argument::as_expression);
    let Some(Expression::ObjectExpression(options)) = options.map(Expression::get_inner_expression) else {
        return Via::Script;
    };
    let module = options.properties.iter().filter_map(ObjectPropertyKind::as_property).any(|property| {
        let value = beginning(&property.value).map(|(_, value)| value);
        property.key.is_specific_static_name("type") && value.as_deref() == Some("module")
    });
    if module { Via::Module } else { Via::Script }
}

/// The text that an expression begins with, and where: of `"a" + b`, of `` `a${b}` ``.
fn beginning(expression: &Expression<'_>) -> Option<(usize, String)> {
    let mut expression = expression.get_inner_expression();
    loop {
        match expression {
            Expression::BinaryExpression(sum) => expression = sum.left.get_inner_expression(),
            Expression::StringLiteral(text) => return Some((text.span.start as usize, text.value.to_string())),
            Expression::TemplateLiteral(template) => {
                let first = template.quasis.first()?;
                let text = first.value.cooked.as_ref().unwrap_or(&first.value.raw).to_string();
                return Some((template.span.start as usize, text));
            }
            _ => return None,
        }
    }
}

impl<'a> Visit<'a> for Walk {
    fn visit_binding_identifier(&mut self, it: &BindingIdentifier<'a>) {
        if let Some(name) = GLOBALS.iter().find(|name| it.name == **name)
            && !self.own.contains(name)
        {
            self.own.push(name);
        }
    }

    fn visit_call_expression(&mut self, it: &CallExpression<'a>) {
        let callee = it.callee.get_inner_expression();
        let first = it.arguments.first();
        if let Some(name) = global(callee) {
            match name {
                "fetch" => self.address(first, Via::Request),
                "importScripts" => self.address(first, Via::Script),
                "eval" | "Function" => self.runs(it.span, first),
                _ => {}
            }
            if name == "prompt" {
                let question = first.and_then(Argument::as_expression).and_then(beginning).map(|(_, text)| text);
                self.uses(callee.span(), name, question);
            } else if GLOBALS.contains(&name) {
                self.uses(callee.span(), name, None);
            }
        }
        if let Expression::StaticMemberExpression(member) = callee {
            let object = name(member.object.get_inner_expression());
            match (object, member.property.name.as_str()) {
                (Some("localStorage" | "sessionStorage"), "setItem") => {
                    let key = first.and_then(Argument::as_expression).and_then(beginning).map(|(_, key)| key);
                    self.uses(it.span, object.unwrap_or_default(), key);
                }
                (Some("serviceWorker"), "register") => {
                    self.uses(it.span, "serviceWorker", None);
                    self.address(first, worker(&it.arguments));
                }
                (
                    Some("$" | "jQuery" | "axios" | "http"),
                    "get" | "post" | "getJSON" | "ajax" | "put" | "load" | "request",
                )
                | (Some("navigator"), "sendBeacon")
                | (_, "getScript") => self.address(first, Via::Request),
                (_, "open") => {
                    // An XMLHttpRequest tells itself by its method.
                    let method = first.and_then(Argument::as_expression).and_then(beginning);
                    let method = method.map(|(_, method)| method.to_ascii_uppercase());
                    if matches!(method.as_deref(), Some("GET" | "POST" | "PUT" | "HEAD" | "DELETE" | "PATCH")) {
                        self.address(it.arguments.get(1), Via::Request);
                    } else {
                        self.address(first, Via::Link);
                    }
                }
                (Some("location"), "assign" | "replace") => self.address(first, Via::Link),
                _ => {}
            }
        }
        walk::walk_call_expression(self, it);
    }

    fn visit_new_expression(&mut self, it: &NewExpression<'a>) {
        let first = it.arguments.first();
        if let Some(name) = global(it.callee.get_inner_expression()) {
            match name {
                "WebSocket" | "EventSource" | "WebTransport" => self.address(first, Via::Request),
                "Worker" | "SharedWorker" => self.address(first, worker(&it.arguments)),
                "Audio" => self.address(first, Via::Media),
                "Function" => self.runs(it.span, it.arguments.last()),
                _ => {}
            }
            if GLOBALS.contains(&name) {
                self.uses(it.span, name, None);
            }
        }
        walk::walk_new_expression(self, it);
    }

    fn visit_static_member_expression(&mut self, it: &StaticMemberExpression<'a>) {
        let part = it.property.name.as_str();
        if MEMBERS.contains(&part) {
            self.uses(it.span, part, None);
        } else if let Some("indexedDB" | "WebAssembly") = global(&it.object) {
            self.uses(it.span, global(&it.object).unwrap_or_default(), None);
        }
        walk::walk_static_member_expression(self, it);
    }

    fn visit_assignment_expression(&mut self, it: &AssignmentExpression<'a>) {
        if let AssignmentTarget::StaticMemberExpression(target) = &it.left {
            let object = name(target.object.get_inner_expression());
            let value = beginning(&it.right);
            match (object, target.property.name.as_str()) {
                (Some("document"), "cookie") => self.uses(it.span, "cookie", value.map(|(_, text)| text)),
                (Some("localStorage" | "sessionStorage"), key) => {
                    self.uses(it.span, object.unwrap_or_default(), Some(key.to_owned()));
                }
                (_, "src") => self.addresses.extend(value.map(|(at, text)| (at, Via::Request, text))),
                (Some("location" | "window" | "document" | "self" | "top"), "href" | "location") => {
                    self.addresses.extend(value.map(|(at, text)| (at, Via::Link, text)));
                }
                _ => {}
            }
        }
        walk::walk_assignment_expression(self, it);
    }

    fn visit_import_expression(&mut self, it: &ImportExpression<'a>) {
        self.addresses.extend(beginning(&it.source).map(|(at, text)| (at, Via::Module, text)));
        walk::walk_import_expression(self, it);
    }

    fn visit_import_declaration(&mut self, it: &ImportDeclaration<'a>) {
        self.literal(&it.source, Via::Module);
        walk::walk_import_declaration(self, it);
    }

    fn visit_export_from_declaration(&mut self, it: &ExportFromDeclaration<'a>) {
        self.literal(&it.source, Via::Module);
        walk::walk_export_from_declaration(self, it);
    }

    fn visit_export_all_declaration(&mut self, it: &ExportAllDeclaration<'a>) {
        self.literal(&it.source, Via::Module);
        walk::walk_export_all_declaration(self, it);
    }
}
