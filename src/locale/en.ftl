# English sentences of tekser.
#
# An id without a point is a sentence; its attribute `.help` says what to do. `format-`, `advice-`, `kind-`, `damage-`,
# `unread-`, `verdict-`, `outcome-`, `level-` and `check-` are followed by the id of the thing they name.

### Findings: what kind of thing was handed in

kind-unspecified = This is { $found }. The document names no file form for this kind of material ({ $kind }), so a person has to decide about it.
    .help = { $advice }
kind-not-accepted = This is { $found }: not an image, an audio file, a video or an HTML5 app.
    .help = { $advice }

### Findings: formats

file-empty = The file is empty: it has 0 bytes.
    .help = Save or copy the file again; a copy that was interrupted leaves an empty file.
format-unrecognised = The file is of no known format. Allowed: { $allowed }.
    .help = Open the file in the program that made it and save it again in an allowed format. If no program opens it, it was damaged while being copied or sent.
format-not-allowed = This is { $found }. Allowed: { $allowed }.
    .help = { $advice }
format-of-other-kind = This was handed in as { $kind }, but it is { $found }. Allowed: { $allowed }.
    .help = Look for the right file and hand in that one. A page or document under such a name often comes from a download that failed.
extension-missing = The name has no extension, but the file is { $found }.
    .help = Rename the file so that its name ends with .{ $right }. In Windows Explorer, turn on View → File name extensions first.
extension-not-allowed = The name ends with .{ $extension }, but the file is { $found }. Allowed endings: { $allowed }.
    .help = Rename the file so that its name ends with .{ $right }. In Windows Explorer, turn on View → File name extensions first.
extension-disagrees = The name ends with .{ $extension }, but the file is { $found }.
    .help = Rename the file so that its name ends with .{ $right }. The content need not be changed.
file-trailing-data = Bytes that do not belong to the content follow its end.
    .help = Open the file and save it again under a new name; the extra bytes will be gone.
file-unterminated = The mark that ends the file is missing. Its content is there as far as can be seen.
    .help = Open the file and save it again under a new name.
file-damaged = The file is damaged: { $damage }{ $detail ->
        [none] .
       *[other] {" "}({ $detail }).
    }
    .help = Export or copy the file again from the original. A file that opens on your computer may still be cut off: players show what there is.
no-picture-track = There is no picture in this video, only sound or data.
    .help = If it is a sound recording, export it as MP3. If it is a video, export it again with its picture.

### Findings: sizes and lengths

size-over-limit = The file has { $size }; at most { $limit } are allowed.
    .help = Make the file smaller: a lower resolution or bit rate when exporting (for video 1280×720 is enough for a lesson), or fewer and smaller pictures.
size-in-grey-zone = The file has { $size }, which is more than { $limit }. A platform that counts a megabyte as 1 000 000 bytes may refuse it.
    .help = Export the file a little smaller to be safe everywhere.
duration-over-limit = It lasts { $duration }; at most { $limit } is allowed. It is { $excess } too long.
    .help = Shorten it by { $excess }, or divide it into two parts and hand in each as a work of its own.

### Findings: what will hurt in class

container-rare = This is { $found }. Firefox does not play such files.
    .help = Save the video again as MP4: in HandBrake with the preset Fast 720p30, or in VLC with Media → Convert / Save → profile Video - H.264 + MP3 (MP4). On an iPhone the app iMovie saves MP4.
video-codec-hevc = The picture is packed as { $codec }. Firefox and many school computers show only a black window.
    .help = Convert the video in HandBrake with the preset Fast 720p30 (H.264). For new recordings on an iPhone choose Settings → Camera → Formats → Most Compatible; on a Samsung phone turn off High efficiency videos in the camera settings.
video-codec-rare = The picture is packed as { $codec }. Some browsers or older computers do not show it.
    .help = Convert the video in HandBrake with the preset Fast 720p30: it makes an MP4 with H.264, which plays everywhere.
sound-codec-rare = The sound is packed as { $codec }. Some browsers play the video without sound.
    .help = Convert the video in HandBrake with the preset Fast 720p30: it makes sound in AAC, which plays everywhere.
recording-codec-rare = The sound is packed as { $codec }. Some browsers do not play it.
    .help = Save the recording again: in Audacity File → Export Audio → WAV (signed 16-bit PCM) or MP3.
video-bits = The colours of the video are stored with { $bits } bits. Most browsers and phones play only 8 bits.
    .help = Convert the video in HandBrake with the preset Fast 720p30. In a video editor choose an 8-bit H.264 profile (High) when exporting.
video-chroma = The colours of the video are stored as { $chroma }. Browsers and phones play only 4:2:0.
    .help = Convert the video in HandBrake with the preset Fast 720p30. In a video editor choose the pixel format 4:2:0 (yuv420p) when exporting.
colors-for-print = The colours of this picture are stored for print (CMYK). Screens show them wrongly, and some programs not at all.
    .help = Open the picture in Paint, GIMP or Photoshop and save it as an RGB picture (JPEG or PNG).
frame-rate-high = The video has { $rate } frames a second; more than { $limit } are too much for school computers and projectors.
    .help = Export the video with 30 frames a second. Record the screen and the camera with 30 too.
frame-rate-varies = The video has no steady frame rate; parts of it have { $rate } frames a second, and more than { $limit } are too much for school computers.
    .help = Convert the video in HandBrake with the preset Fast 720p30: nowhere in the new file will there be more than 30 frames a second.
video-interlaced = Each frame is stored as two half pictures, as for television. On computers, edges in motion look like a comb.
    .help = Convert the video in HandBrake with Filters → Deinterlace → Decomb. In a video editor or camera choose progressive (p, such as 1080p) in place of interlaced (i).
video-turned-portrait = The video is upright only because a mark in the file turns it. Some players ignore the mark and show it lying on its side, and on a wide screen it fills a third.
    .help = Hold the phone sideways when recording. To keep this recording, turn it in a video editor (CapCut, Clipchamp) and export it again.
sound-silent = There is a sound track, and there is nothing but silence in it.
    .help = Check that the microphone was on and chosen in the recording program, and record the sound again. If the video is meant to be silent, export it without a sound track.
sound-steady = The sound never changes from beginning to end: it is a tone, a hum or noise. There is neither speech nor music in it.
    .help = Listen to the recording. Usually the wrong input was recorded or the microphone was not plugged in; record the sound again.
sound-one-sided = The sound is only on the { $side ->
        [left] right side; the left one is silent.
       *[right] left side; the right one is silent.
    } With one earphone, or on a board with one loudspeaker, nothing may be heard.
    .help = Make the sound mono: in Audacity Tracks → Mix → Mix Stereo Down to Mono; in CapCut, OBS and most editors choose Mono for the microphone. Then export again.
voice-no-sound = There is no sound track, so nobody can be heard.
    .help = Record the explanation with your voice and export the video with sound.
voice-likely = Speech seems to be heard in { $speech } of the { $listened } that were listened to. Whose voice it is, a person has to judge.
    .help = Nothing needs to be done.
hidden-content = In the bytes of this file ({ $found }) there is another file: { $hidden }. Platforms and virus scanners refuse such files.
    .help = Open the file in the program it was made with and save it again under a new name; that leaves out what does not belong to it. If you do not know where the other file comes from, check the computer for viruses.
attached-video = The phone attached a short video with sound to the photo (motion photo). Whoever gets the photo can play it.
    .help = If that is not wanted, take the photo with Motion photo (Live Photo) turned off, or open it in Paint and save it again.
position-told = The file tells the place on earth where it was taken. Whoever gets it can read that.
    .help = If it was taken at home or shows pupils, remove the place: in Windows Explorer right click → Properties → Details → Remove Properties; on a phone share it without the location. For new ones turn off location in the camera settings.
drawing-active = { $what ->
        [script] There is a script in the drawing.
        [handler] The drawing runs code when something happens (an "on…" attribute).
        [code-link] A link in the drawing runs code.
       *[foreign-object] There is a web page inside the drawing (foreignObject).
    } Platforms refuse such drawings or show them without it.
    .help = Open the drawing in Inkscape and export it as PNG: no code gets there. Saving it as Plain SVG is not enough, because the code stays. What has to move or react belongs into an HTML5 app.
drawing-loads = The drawing wants to load { $address }. Shown as a picture it loads nothing, and that part stays empty.
    .help = Put the picture or the font into the drawing: in Inkscape Extensions → Images → Embed Images (download a picture from the internet first); turn texts into paths with Path → Object to Path. Or export the drawing as PNG.
extension-doubled = The name has two endings, .{ $inner } and .{ $extension }. One of them misleads.
    .help = Rename the file so that only .{ $extension } is left. In Windows Explorer, turn on View → File name extensions first.
duration-contradicts = The file declares { $declared }, but what is in it lasts { $measured }.
    .help = Convert the video in HandBrake with the preset Fast 720p30, or export it again: the new file will declare its true length.

### Findings: the archive of an app

app-not-packed = This is the unpacked folder of an app. It was checked as it is; it has to be handed in as a ZIP archive.
    .help = Open the folder, select everything in it (Ctrl+A), and pack that: right click → Send to → Compressed (zipped) folder. Do not pack the folder from outside.
page-not-packed = This is { $found } alone. An app is handed in as one ZIP archive with all its files.
    .help = Put index.html and all files it needs into one folder, select everything in it (Ctrl+A), right click → Send to → Compressed (zipped) folder.
not-a-zip = This is { $found }, not a ZIP archive.
    .help = { $advice }
zip-extension = This is a ZIP archive, but its name does not end with .zip{ $extension ->
        [none] .
       *[other] {" "}(it ends with .{ $extension }).
    }
    .help = Rename the file so that its name ends with .zip.
zip-damaged = The archive is damaged: { $damage }{ $detail ->
        [none] .
       *[other] {" "}({ $detail }).
    }
    .help = Pack the app again and upload the new archive. An archive that was cut off while being sent looks like this.
zip-empty = The archive holds nothing.
    .help = Pack the files of the app again.
zip-encrypted = { $count ->
        [one] { $count } file in the archive is protected by a password.
       *[other] { $count } files in the archive are protected by a password.
    }
    .help = Pack the app again without a password: neither the platform nor the jury can open it.
entry-damaged = This file in the archive is damaged{ $detail ->
        [none] .
       *[other] {" "}({ $detail }).
    }
    .help = Pack the app again from the original files.
entry-method = This file is packed in a way that many programs cannot unpack.
    .help = Pack the app again as an ordinary ZIP (in 7-Zip: archive format zip, method Deflate).
names-with-backslashes = { $count ->
        [one] { $count } name in the archive has a backslash (\) where a slash (/) belongs. On phones and servers its folder will be missing.
       *[other] { $count } names in the archive have a backslash (\) where a slash (/) belongs. On phones and servers their folders will be missing.
    }
    .help = Pack the app again with Windows Explorer or 7-Zip.
entry-link = This entry is a link to another file, not a file.
    .help = Put the file itself in its place.
zip-inconsistent = The archive contradicts itself: { $what } (places: { $count }{ $detail ->
        [none] {""}
       *[other] ; { $detail }
    }). Different programs will show different files.
    .help = Pack the app again with Windows Explorer or 7-Zip and hand in the new archive.
zip-untidy = The archive is put together oddly: { $what } (places: { $count }{ $detail ->
        [none] {""}
       *[other] ; { $detail }
    }).
    .help = Most programs open it all the same. Packed again with Windows Explorer or 7-Zip, it will be clean.
zip-bomb = The archive has { $size } and would unpack to hundreds of times as much. Archives of this kind are made to bring computers down.
    .help = Look for a huge empty or monotonous file among the files of the app, take it out and pack the app again.
name-leads-out = The name of this file leads out of the folder that the archive is unpacked to (such names: { $count }). It could overwrite other files.
    .help = Pack the app again with Windows Explorer or 7-Zip: they write no such names.
name-unseen = The name of this file has characters that cannot be seen or typed (such names: { $count }).
    .help = Rename the file to letters and digits, and pack the app again.
name-deceives = The name of this file has marks that turn the direction of reading, so that it is shown as another name (such names: { $count }).
    .help = Rename the file by typing its name anew, and pack the app again.
name-windows = Windows cannot keep a file of the name "{ $name }" (such names: { $count }); the app will be incomplete on school computers.
    .help = Rename it without the characters < > : " | ? * and without a dot or space at the end; CON, AUX, COM1 and the like are not allowed either. Change the links to it as well.
names-collide = "{ $name }" and "{ $other }" are one and the same name on Windows and on phones (such pairs: { $count }); one file will take the place of the other.
    .help = Give one of the files another name and change the links to it.
names-in-code-page = The names of files are not written in UTF-8 but in the code page { $encoding } (such names: { $count }). On phones, on a Mac and on servers they will be unreadable, and links to these files will break.
    .help = Rename the files to Latin letters, or pack them with 7-Zip: Add to archive, archive format zip, and type cu=on under Parameters.
no-page = There is no HTML page in the archive.
    .help = Export the work as HTML5 (in iSpring: Publish → HTML5) and pack the result.
unexpected-content = { $count ->
        [one] { $count } file ends with .{ $extension }, which is neither HTML5, CSS, JS nor multimedia.
       *[other] { $count } files end with .{ $extension }, which is neither HTML5, CSS, JS nor multimedia.
    }
    .help = Remove what the app does not need to run: sources, drafts, backups.

### Findings: the start page

index-misnamed = The start page is named { $found }; it has to be named exactly { $name }, in lower case.
    .help = Rename it to { $name }, correct the links to it, and pack again. Servers tell capital letters from small ones.
index-in-folder = { $name } is not at the root of the archive but in the folder "{ $folder }".
    .help = Open that folder, select everything in it (Ctrl+A), and pack that. Packing the folder from outside puts everything one level too deep.
index-missing = There is no { $name } at the root of the archive.
    .help = Name the page that starts the app { $name } and put it at the root, in no folder. Then pack again.
index-empty = { $name } is empty.
    .help = Export the app again; its start page has no content.
index-no-page = { $name } is no page: it is { $found }.
    .help = Export the app as HTML5 again. Renaming a file does not make it a page.
visit-broke-off = The app does not get to its end in { $windows }: { $why }
    .help = Open the app in this browser and see whether it answers to clicks. A script that never ends and pictures that are too large are the most common causes.
visit-blank = The start page stays empty in { $windows }.
    .help = Open the start page in this browser and press F12: the red lines on the tab Console name the file that is missing or the script that fails.
visit-blank-held-back = Without the Internet the start page stays empty in { $windows }.
    .help = Put what the app loads from the Internet into the app: then it works in schools without a connection too.
visit-missing = The app asks for "{ $file }" ({ $windows }), which is not in the archive.
    .help = Add the file, or correct its name in the script that asks for it.
visit-errors-in-some = Scripts fail in { $windows } and not in the other browsers: { $detail }
    .help = Open the app in this browser. The script uses something that the browser does not know: look for another way that all browsers know.
visit-media = { $windows } cannot play "{ $file }". On this computer a codec may be missing.
visit-webgl = The app draws in three dimensions (WebGL), which { $windows } cannot do on this computer.
visit-busy = In { $windows } the app answered to nobody for { $time }. On a school computer this takes longer.
visit-stands-in = { $version } on Linux stood in for { $names }. It is a near relative and not the same program. The app was given to it as it is, but for one script of tekser at the top of every page.
barrier-contrast = Text hardly stands out from its background (places: { $count }); the first: { $element }
    .help = Make the text darker or the background lighter: the contrast should be 4.5 to 1 or more.
barrier-picture = Pictures have no description for those who cannot see them (places: { $count }); the first: { $element }
    .help = Give each picture a description (alt); one that only adorns gets an empty one (alt="").
barrier-button = Buttons have no name that a program could read out (places: { $count }); the first: { $element }
    .help = Write a text into the button, or name it with aria-label.
barrier-link = Links have no text that a program could read out (places: { $count }); the first: { $element }
    .help = Write into the link where it leads; a picture in a link needs a description (alt).
barrier-field = Fields do not say what belongs in them (places: { $count }); the first: { $element }
    .help = Put a label element beside each field, or name it with aria-label.
barrier-language = The start page does not say what language it is in: programs read it out with a wrong voice.
    .help = Write the language into the first tag of the page: <html lang="kk">, "ru" or "en".
barrier-title = The start page has no title.
    .help = Write what the work is called between <title> and </title>.
barrier-frame = Frames have no title (places: { $count }); the first: { $element }
    .help = Say in the title of the frame what is in it.
barrier-zoom = The start page forbids enlarging it on a phone: { $element }
    .help = Take "user-scalable=no" and "maximum-scale" out of this line.
barrier-captions = Videos have no captions for those who cannot hear them (places: { $count }); the first: { $element }
    .help = Add captions: a file of the type VTT, named in a track element.
barrier-keyboard = Parts of the page cannot be reached with the keyboard (places: { $count }); the first: { $element }
    .help = Go through the page with the Tab key: everything that a mouse can do must be reached.
barrier-other = The start page breaks the rule "{ $rule }" of axe-core (places: { $count }); the first: { $element }
    .help = Look for the name of the rule in the list of rules of axe-core: it says what to change.
text-small = There is text of { $size } pixels in { $windows }: it cannot be read.
    .help = Make the letters larger; 14 pixels and more are easy to read.
reference-missing = The page loads "{ $url }", which is not in the archive.
    .help = Add the file, or correct its name in the page. Without it a part of the app may be missing.
reference-missing-style = The page or its style sheet names "{ $url }", which is not in the archive. Where it is needed, a picture, a font or the icon of the page is missing.
    .help = If something looks bare in the app, add the file. If nothing does, nothing need be done.
reference-case = The page loads "{ $url }", but the file is named "{ $actual }". Servers tell capital letters from small ones.
    .help = Make the two names the same to the letter.

### Findings: dangerous files

reference-near = The page loads "{ $url }", which is not in the archive. Did you mean "{ $actual }"?
    .help = Correct the address in the page, or rename or move the file so that they agree to the letter.
files-unused = { $count ->
        [one] { $count } file ({ $size }) is not named in any page, style sheet or script.
       *[other] { $count } files ({ $size }) are not named in any page, style sheet or script.
    }
    .help = If the app does not need them, leave them out: the archive becomes smaller.
run-error = { $step ->
        [0] While the app opens, a script fails: { $detail } ({ $windows })
       *[other] While the app is used (step { $step } of the visit), a script fails: { $detail } ({ $windows })
    }
    .help = Open the app in the browser that is named, press F12 and look at the tab Console: the same error is there in red. `tekser replay` does the same steps once more. If a program made the app, update it and export again.
run-error-held-back = A script fails, perhaps because the app got nothing from the Internet: { $detail } ({ $windows })
    .help = Put what the app loads from the Internet into the app: then it works in schools without a connection too.
run-error-stand-in = A script wants something that Safari (for WebKit) or Chrome (for Chromium) has and its stand-in on Linux does not: { $detail } ({ $windows })
    .help = Try the app in that browser itself; for Safari ask a colleague with an Apple device.
run-console = The app reports an error of its own: { $detail } ({ $windows })
    .help = Nothing is broken for sure. Look whether everything works at this place.
script-broken = The script has an error, and no browser will run it: { $detail }
    .help = Correct the script in this place. Open the page in Chrome and press F12: the tab Console shows the same error. If a program made the app, export it again.
script-is-module = The page loads "{ $file }" as a classic script, but it is a module: it imports or exports, and browsers stop there.
    .help = Write type="module" into this <script>, or export the app again as a build for the web.
script-declares-twice = The name "{ $name }" is declared a second time in "{ $file }" (first in "{ $other }"); browsers refuse the whole second script.
    .help = Load each script once, and give the second name another spelling.
script-broken-unused = A script that no page loads has an error: { $detail }
    .help = If the app does not need the file, take it out of the archive.
script-unreadable = This script was made unreadable on purpose: { $how }. What it does, nobody can see.
    .help = Put the readable script in its place. If you took it from a site, look for the same library at its author's.
run-keeps-personal = While it runs, the app keeps "{ $key }" on the device ({ $name }), which may tell who a person is.
    .help = Keep nothing about the pupil on the device that the lesson does not need.
keeps-personal = A script keeps "{ $key }" on the device ({ $name }), which looks like personal data.
    .help = If the app works without it, take this place out. Names, e-mail addresses and the like must not be collected.
index-made-with = There is no { $name } at the root of the archive. The app was made with { $tool }{ $start ->
        [none] .
       *[other] {" "}and starts with "{ $start }".
    }
    .help = { $steps }
index-package = There is no { $name } at the root of the archive. This is a { $standard } package that starts with "{ $start }".
    .help = Export the work as HTML5 for the web (not for an LMS) and pack the result, or put a page { $name } at the root that leads to "{ $start }".
package-in-folder = The manifest of the { $standard } package does not lie at the root of the archive; learning platforms will not find it.
    .help = Open the folder that the manifest lies in, select everything in it (Ctrl+A), and pack that.
package-unreadable = The manifest of the learning package cannot be read.
    .help = Export the work again; do not edit the manifest by hand.
package-start-missing = The { $standard } package starts with "{ $url }", and there is no such file in the archive.
    .help = Export the work again and pack the result without changing anything.
package-files-missing = The manifest of the { $standard } package names files that are not in the archive ({ $count }), the first: "{ $url }".
    .help = Export the work again and pack the result without changing anything.
package-files-unlisted = The manifest of the { $standard } package does not name all files ({ $count } are missing in it).
    .help = If the package was made by a program, export it again. Platforms may leave out what the manifest does not name.
executable-inside = This file is a program: { $found }.
    .help = Remove it from the app. If the lesson needs it, describe in words where pupils get it.
macros-inside = This office file carries macros: { $found }.
    .help = Save it without macros (.docx, .xlsx, .pptx) or as PDF.
forbidden-extension = Files ending with .{ $extension } are forbidden (printed in the document as "{ $printed }").
    .help = Remove the file. An old office file (.doc, .xls, .ppt) can be saved as PDF.
dangerous-extension = Files ending with .{ $extension } can run as programs on a computer. The document does not name them, but platforms often refuse them.
    .help = Remove the file if the app does not need it.
forbidden-extension-inside = The name hides a forbidden extension: .{ $extension } (printed in the document as "{ $printed }").
    .help = Rename the file so that it has one extension, the true one.
link-to-forbidden = A link leads to a file that ends with .{ $extension }: { $url }
    .help = Remove the link, or offer the file in another form, such as PDF.
text-like-forbidden = A text in a script looks like the name of a file that ends with .{ $extension }: "{ $url }". If it is a link, it is forbidden.
    .help = If the script opens or downloads this file, remove it. If it is only a word, nothing has to be done.
malware-found = The malware scanner recognises this file: { $name }.
    .help = Do not open the file and do not hand it in. Check the computer with an antivirus, then make the work again from the original project on a clean computer. If you are sure that it is a mistake of the scanner, tell the organizer.
harmful-host = The app uses { $name } ({ $host }), which uses the computers of pupils for its own profit.
    .help = Remove the script. If you did not put it there, the program or the site that made the app is not to be trusted.

### Findings: what the app does with the outside world

api-not-used = No file of the app addresses the platform's interface ({ $hosts }).
    .help = Connect the app to the platform as its documentation describes.
outside-requested = { $count ->
        [one] While it runs, the app asks for something at { $host } ({ $uses }; named in { $count } place).
       *[other] While it runs, the app asks for something at { $host } ({ $uses }; named in { $count } places).
    }
    .help = Put the file into the app, so that the lesson works without the Internet. Keep only what cannot work otherwise.
outside-loaded = { $count ->
        [one] The app loads from { $host } or sends to it ({ $uses }; { $count } place).
       *[other] The app loads from { $host } or sends to it ({ $uses }; { $count } places).
    }
    .help = Put the file into the app, so that the lesson works without the Internet. Keep only what cannot work otherwise.
outside-named = { $count ->
        [one] A script names { $host } ({ $count } place). Whether it connects to it, only running the app shows.
       *[other] Scripts name { $host } ({ $count } places). Whether they connect to it, only running the app shows.
    }
    .help = If the app needs this address, be ready to explain what for. If it does not, remove it.
tracker-requested = While it runs, the app reports to { $name } ({ $host }), a service that collects statistics.
    .help = Delete the code of the counter from the page. If it came with a template, take one without counters.
tracker = The app reports to { $name } ({ $host }), which collects statistics about its users.
    .help = Remove the counter's code. In site builders and exporters, turn off analytics before exporting.
tracker-packed = An archive in the archive names { $name } ({ $host }), which collects statistics. A browser loads nothing from there by itself.
    .help = Take the inner archive out, or remove the counter's code in it.
tracker-idle = The code of { $name } ({ $host }) lies in the app, but nothing in the app seems to use it.
    .help = If the app does not need the file, take it out; otherwise make sure that the counter is switched off.
tracker-library = A library in the app can report to { $name } ({ $host }), which collects statistics. Whether it does, running the app shows.
    .help = In the program that the app was made with, turn off analytics before exporting, and look in the browser (F12, Network) whether anything is still sent.
plugin-content = { $count ->
        [one] { $count } file ends
       *[other] { $count } files end
    } with .{ $extension } (Flash, Silverlight): no browser plays that any more.
    .help = Replace it with a video (MP4) or HTML5, and take the old file out.
reference-missing-form = The page offers a recording as "{ $url }" too, which is not in the archive. Browsers play the other form.
    .help = Take this form out of the page, or add the file.
form-sends-personal = A form asks for personal data ("{ $field }") and sends it to { $host }.
    .help = Remove the field, or the whole form. The app may not collect personal data.
form-asks-personal = A form asks for what looks like personal data ("{ $field }").
    .help = Remove the field if the lesson works without it. A person will look at what happens to the answer.
run-interface-personal = While it runs, the app asks for { $name }: where the pupil is, or what the camera and the microphone take in.
    .help = Take it out if the lesson does not need it. If it does, say in the description what for.
interface-personal = A script uses { $name }, through which a browser tells about the user.
    .help = Be ready to explain what it is for, or remove it.

### Findings: the program itself

tool-link = This is a link to another place. Links are not followed.
    .help = Hand in the file itself.
tool-unreadable = The file could not be read.
    .help = Check that it is still there, that it is not open in another program, and that you may read it; then check again.
tool-panicked = The program failed on this file. Nothing was checked in it. The other files are not affected.
    .help = Send the file and this message to the makers of the program.
tool-crashed = The part of the program that looked at this file ended in the middle: it broke down, or needed more memory than it may have. Nothing was checked in the file. The other files are not affected.
    .help = Check this file alone with a larger --memory-limit. If that does not help, look at it yourself and send it to the makers of the program.
tool-missing = The table names this file, and it is not there.
    .help = Look for it under another name, correct the name in the table, or ask the participant to send it again.
tool-unlisted = The table has no row for this submission.
    .help = Add a row with its name, or see whether the name in the table has a slip.
tool-rows-repeated = The table has several rows for this submission: { $rows }. The first counts, and the next where it is blank.
    .help = Leave one row.
tool-cover-unknown = The cover sheet has keys that the profile does not know: { $keys }. They were passed over.
    .help = The keys are the ids of columns; "tekser schema record" and the README tell them.
tool-cover-broken = The cover sheet { $file } cannot be read: { $detail }
    .help = Correct it, or write the same into the table.
registry-sheet-left = The sheet "{ $sheet }" was not read: another one has more known headings.
    .help = If submissions stand there too, move them to the first table.
registry-columns-unknown = Columns that were not understood and were passed over: { $columns }.
registry-row-long = Row { $row } has more cells than there are headings.
    .help = See whether a cell holds the separator without quotation marks.
registry-letters-lost = The table was saved in an encoding without Kazakh letters: question marks stand in their place.
    .help = Save it as "CSV UTF-8" or as XLSX.
registry-cut = The table has more than { $count } rows; the rest was not read.
    .help = Divide the table.
registry-cell-error = The cell { $cell } holds an error of a formula: { $value }.
    .help = Correct the formula, or write the value.
registry-formula-empty = The cell { $cell } holds a formula and no value.
    .help = Open the table in Excel or LibreOffice and save it: then the values are in it too.
registry-path-several = "{ $value }" may mean several submissions ({ $count }).
    .help = Write the name with its folder and its extension.
registry-unused = A table lies beside the submissions and was not read.
    .help = If it is the table of what came in, give it with --registry { $path }.
malware-rules = Rules of the organizer match this file: { $name }.
    .help = Ask the organizer what these rules look for. If you did not make the file yourself, take it out of the work.
tool-rules = Rules of the organizer match this file: { $name }. No requirement for this kind of material speaks of that, so it changes no verdict.
    .help = Look at the file, or ask whoever wrote the rules what they look for.
tool-nothing-applies = No requirement of this profile speaks of this kind ({ $kind }).
    .help = See `tekser profiles`, or leave out `--as`.
tool-malware = The malware scanner recognises this file: { $name }. No requirement for this kind of material speaks of that, so it changes no verdict.
    .help = Do not open the file and do not hand it in. Check the computer with an antivirus, then make the work again from the original project on a clean computer. If you are sure that it is a mistake of the scanner, tell the organizer.
tool-over-limit = More of this file would have to be read than a limit allows. Nothing was checked in it.
    .help = Look at it yourself, or raise the limit read-bytes in the profile and check again.
tool-over-time = The time for this submission was up before all of it was looked at.
    .help = Check it alone with a longer --time-limit.
waiver-expired = The waiver of { $id } ended on { $date } and does not count any more.
    .help = Remove it from the profile, or give it a new date.
waiver-unused = The waiver of { $id } was not needed by any submission.
    .help = Remove it from the profile.

### Findings: contests

form-taken = Taken as the application form: { $file } ({ $count } of the fields of the form stand in it).
form-named = The application form named for it: { $file } ({ $count } of the fields of the form stand in it).
form-several = There is more than one application form ({ $count }); the one with the most fields is looked at.
    .help = Leave one form in the submission: the one that counts.
form-misnamed = The application form ({ $file }) is { $found }, and its name says something else.
    .help = Save it again in the program that you wrote it with, so that the jury can open it.
form-macros = The application form ({ $file }) is a document with macros, which the jury's computers may refuse to open.
    .help = Save it as DOCX or PDF.
form-missing = There is no application form in the submission.
    .help = Fill in the form from the annex, save it as DOCX or PDF and put it beside the work. Let its name contain the word "Заявка" or "Өтініш".
form-without-fields = This file is called an application form, but the fields of the form are not in it.
    .help = Use the form from the annex and leave its lines as they are printed.
field-missing = The line "{ $field }" is not in the application form.
    .help = Use the form from the annex and leave its lines as they are printed.
field-blank = The line "{ $field }" of the application form is not filled in.
    .help = Write the answer behind the label or into the cell beside it.
field-short = The line "{ $field }" is not written out in full: "{ $value }" (words needed: at least { $count }).
    .help = Write it out without abbreviations and initials.
field-fewer-words = The line "{ $field }" has fewer words than usual: "{ $value }" (usual: { $count }).
    .help = If there is a patronymic, add it. If there is none, leave the line as it is.
field-abbreviated = The line "{ $field }" is abbreviated: "{ $value }" ({ $short }).
    .help = Write it out in full: the form asks for that.
field-blank-noted = The line "{ $field }" of the application form is not filled in; in the nomination "{ $value }" that does not matter.
field-orphan = "{ $value }" in the line "{ $field }" stands in one place of the rules alone.
    .help = Ask the organizer whether it counts.
field-near = "{ $value }" in the line "{ $field }" is not in the list. Did you mean "{ $near }"?
    .help = Write it as the rules do.
field-unknown = "{ $value }" in the line "{ $field }" is not in the list.
    .help = Choose one of these: { $known }.
field-elsewhere = This stands in a file of its own: { $file }.
alike-bytes = The same file, byte for byte: { $other }{ $contest ->
        [none] {""}
       *[other] { " " }(contest { $contest })
    }. { $author ->
        [same] The author is the same.
        [other] The author is another one.
       *[unknown] Whether the author is the same is not known.
    }
    .help = Open both and see which was there first. If it is no copy, write the pair into a table and give it with --reviewed.
alike-link = The same link: { $other }{ $contest ->
        [none] {""}
       *[other] { " " }(contest { $contest })
    }. { $author ->
        [same] The author is the same.
        [other] The author is another one.
       *[unknown] Whether the author is the same is not known.
    }
    .help = Open both and see which was there first. If it is no copy, write the pair into a table and give it with --reviewed.
alike-text = { $share } % of the text, without what stands in many works, is in { $other }{ $contest ->
        [none] {""}
       *[other] { " " }(contest { $contest })
    }. { $author ->
        [same] The author is the same.
        [other] The author is another one.
       *[unknown] Whether the author is the same is not known.
    }
    .help = Open both and see which was there first. If it is no copy, write the pair into a table and give it with --reviewed.
alike-image = The same picture, saved anew ({ $share } %): { $other }{ $contest ->
        [none] {""}
       *[other] { " " }(contest { $contest })
    }. { $author ->
        [same] The author is the same.
        [other] The author is another one.
       *[unknown] Whether the author is the same is not known.
    }
    .help = Open both and see which was there first. If it is no copy, write the pair into a table and give it with --reviewed.
alike-sound = The sound from { $here } on, { $long } long, is that from { $there } on in { $other }{ $contest ->
        [none] {""}
       *[other] { " " }(contest { $contest })
    } ({ $share } % of the shorter). { $author ->
        [same] The author is the same.
        [other] The author is another one.
       *[unknown] Whether the author is the same is not known.
    }
    .help = Open both and see which was there first. If it is no copy, write the pair into a table and give it with --reviewed.
same-author = The same author also handed in: { $others }.
same-school = From the same school: { $others }.
answer-blank = "{ $column }" is not filled in.
    .help = Fill it in in the table or the application form, or ask the participant.
answer-implied = There is no answer under "{ $column }"; it follows from sending the work.
answer-no = "{ $column }" is answered with no: "{ $value }".
    .help = Ask the participant; without a yes the work cannot take part.
answer-near = "{ $value }" under "{ $column }" is not in the list. Perhaps "{ $near }" is meant?
    .help = Write it as the rules do.
answer-unknown = "{ $value }" under "{ $column }" is not in the list.
    .help = Choose from the list: { $known }.
answer-other-nomination = "{ $value }" under "{ $column }" does not go with the nomination "{ $nomination }".
    .help = See which of the two is right, and correct the other.
statement-taken = The application says "{ $value }": { $file }.
address-malformed = "{ $value }" under "{ $column }" is no e-mail address.
    .help = Write the address with Latin letters, such as name@example.kz, and check it letter by letter.
link-front-page = The link { $url } leads to the front page of { $host } and not to the work.
    .help = Open the work itself, copy the address from the line at the top of the browser and put it under "{ $column }".
link-elsewhere = "{ $value }" under "{ $column }" is no link to { $host }.
    .help = Copy the address from the line at the top of the browser and put it in whole.
work-of-another-kind = "{ $value }" under "{ $column }" speaks of { $kind }, and the contest is not for that.
    .help = See what the work is; if the name is a slip, correct it.
link-taken = Link to { $host }: { $url }.
link-answers = { $host } answers the link with a page: { $url }.
link-delivers = { $host } hands out a file{ $size -> 
        [none] {""}
       *[other] {" "}({ $size })
    }: { $url }.
link-folder = The link leads to a folder of { $host } and not to a file: { $url }.
    .help = Open the folder, choose the video, copy the link to the file itself.
link-private = Only its owner sees what is behind this link of { $host }: { $url }.
    .help = Choose "Share" at the file, allow "Anyone with the link" and copy the link that is shown.
link-malformed = No link of { $host } looks like this: { $url }. A part of it is missing.
    .help = Copy the link anew with "Copy link" and put it in whole.
link-gone = { $host } says that there is nothing behind the link: { $url }.
    .help = See whether the file was deleted or the link was copied only in part. Open it in a private window, and send a link that opens.
link-not-shared = { $host } wants whoever opens the link to sign in: { $url }.
    .help = Choose "Share" at the file and allow "Anyone with the link". The link stays the same.
link-missing = The work was handed over by "{ $medium }", but there is no link to it.
    .help = Put the link into the table or into the application form.
link-of-another-service = The link lies on { $host }, whose links are not known: { $url }.
    .help = Open it in a private window of the browser and see whether the file can be downloaded.
medium-unknown = "{ $value }" under "{ $column }" is none of the ways that the rules name.
    .help = Hand the work over in one of these ways: { $known }.
medium-another-cloud = The work lies on { $host }, which the rules do not name.
    .help = Ask the organizer whether it is accepted; the rules name { $known }.
sent-elsewhere = Sent to { $value }, and not to { $address }.
    .help = Send the work to { $address } too.
subject-near = The subject "{ $value }" is not in the table. Perhaps "{ $near }" is meant?
    .help = Write it as the rules do.
subject-unknown = The subject "{ $value }" is not in the table of the rules.
    .help = The table has: { $known }.
subject-partly = Compared with the table: subject { $subject }, grade { $grade }, language { $language }. What is not given (?) was not compared.
subject-in-other-table = { $subject }, grade { $grade }, language { $language } stands only in the table of addresses, and not in the list of textbooks.
    .help = Ask the organizer whether it is accepted.
subject-not-in-table = { $subject }, grade { $grade }, language { $language } is not in the table of the rules.
    .help = The table has of this subject: { $known }.
received-early = "{ $column }": { $date }. Works are taken from { $first } on.
    .help = Check the date in the table. If it is right, send the work again in time.
received-late = "{ $column }": { $date }. The last day was { $last }.
    .help = Check the date in the table. Whether a late work is let in, the organizer decides.
received-on-last-day = "{ $column }": { $date }, the last day. It is taken as in time.
received-weak = In time by the time of its files or its own cover sheet ({ $date }), which is weak evidence: copying changes the one, and the author writes the other.
    .help = Write the day on which it came into the table, under "{ $column }".
part-missing = The submission holds no file of the kind "{ $kind }" and no link to one.
    .help = Put the file into the folder of the submission, or write the link to it into the form.
part-linked = The work is given by a link ({ $host }).
part-taken = Taken as "{ $part }": { $file }.
part-not-recognised = No file was recognised as "{ $part }".
    .help = Name the file after what it is, or put a heading into it.

### Why a requirement was not checked

unchecked-kind-unspecified = the document names no file form for this kind ({ $kind }); a person decides
unchecked-damage = { $damage }{ $detail ->
        [none] {""}
       *[other] {" "}({ $detail })
    }
unchecked-duration = the length of { $found } cannot be measured reliably
unchecked-needs-browser = no browser was asked; run tekser with --browser chromium,firefox,webkit (`tekser doctor` says what is missing), or unpack the app and open its start page in Chrome, Firefox and Safari with the console open (F12)
unchecked-barriers = nobody looked: this wants Chromium or Firefox, and a start page that can be looked at in some seconds
unchecked-visit = { $windows }: { $why }
unchecked-windows = not opened in { $windows }; run tekser with --browser chromium,firefox,webkit
unchecked-held-back = the app needs something from the Internet, which is out of reach here ({ $windows }); a person has to try it with the Internet
unchecked-not-seen = what is to be seen in { $windows } is not known
unchecked-stand-in = Safari (for WebKit) or Chrome (for Chromium) has what { $windows } lacks here; a person has to try it there
unchecked-errors = scripts fail in every browser ({ $windows }); whether the app works all the same, a person has to see
unchecked-needs-recognition = nobody looked at what is written on the screen or listened to what is said; this version does neither, so a person has to
unchecked-needs-registry = when it came in, from whom and with which answers is not known: give the table of submissions with --registry
unchecked-unlisted = the table has no row for it
unchecked-no-column = the table has no column "{ $column }"
unchecked-answer-blank = "{ $column }" is not filled in
unchecked-answer-unclear = "{ $value }" under "{ $column }" was not understood; a person has to look
unchecked-answer-doubtful = "{ $value }" under "{ $column }" names "{ $word }"; whether that is meant, a person has to decide
unchecked-subjects-several = several subjects of the list are named: "{ $value }"; which is meant, a person has to find out
unchecked-no-date = "{ $value }" under "{ $column }" is no date that can be read
unchecked-two-dates = "{ $value }" under "{ $column }" may mean two days: the order of the day and the month cannot be told
unchecked-weak-time = the only thing that tells the day ({ $date }) is the time of a file or the author's own sheet; look when it came
unchecked-form-picture = the application form is a picture ({ $file }), which a person has to read
unchecked-form-format = the application form ({ $file }) is { $found }, which this version does not read; a person has to
unchecked-form-partly = the application form ({ $file }) is damaged or too large and was read only in part; a person has to look
unchecked-field-blank = the line "{ $field }" of the application form is not filled in
unchecked-field-unknown = "{ $value }" in the line "{ $field }" was not recognised; a person has to compare it with the list
unchecked-field-several = several of the list stand in the line "{ $field }": "{ $value }"; a person has to find out which is meant
unchecked-no-form = there is no application form that could be read
unchecked-link = what lies behind a link was not looked at; open it, and check the file that it leads to
unchecked-link-unclear = nothing can be told from what { $host } answered (status { $status }); open the link, and check the file that it leads to
unchecked-link-unanswered = the link was asked for, and { $why }
unchecked-nothing-to-compare = there is no file and no link in it that could be compared
unchecked-alike = it is much like { $other }; whether it is the same work, a person has to see
unchecked-not-compared = works were not compared with one another
unchecked-part-name = it may lie there under another name; a person has to look
unchecked-tracker = the app names { $name }; whether it reports there, running it shows
unchecked-needs-scanner = no malware scanner was asked; if clamd of ClamAV runs somewhere, check again with --clamd ADDRESS (`tekser doctor` looks for it), or scan the file with the antivirus on your computer
unchecked-rules-alone = the rules of the organizer found nothing, but they do not know what malware there is; check again with a scanner as well (--clamd ADDRESS)
unchecked-not-scanned = { $count ->
        [one] { $count } file was not scanned for malware{ $first ->
            [none] : { $why }
           *[other] , { $first }: { $why }
        }
       *[other] { $count } files were not scanned for malware{ $first ->
            [none] , the first is the one handed in: { $why }
           *[other] , the first: { $first }: { $why }
        }
    }
unchecked-not-opened = the inside of { $found } was not looked at
unchecked-entries = { $count ->
        [one] { $count } file was not looked at: { $first } ({ $why })
       *[other] { $count } files were not looked at, the first: { $first } ({ $why })
    }
unchecked-archive = the archive was not read to its end: { $why }
unchecked-not-packed = the app is an unpacked folder; pack it and check the archive
unchecked-harmful = nothing known to be harmful was found, but reading cannot prove that there is nothing; run the app in a browser and a scanner over it
unchecked-api-unnamed = the document names no such interface; give its hosts in a profile (setting `hosts`)
unchecked-outside = { $count ->
        [one] { $count } outside host: { $hosts }; a person has to judge what it is for
       *[other] { $count } outside hosts: { $hosts }; a person has to judge what they are for
    }
unchecked-assembled = an address is put together while the app runs ({ $file }:{ $line }); only a browser shows where it leads
unchecked-personal = the app can learn something about its user; a person has to judge what happens to it
unchecked-unread = the submission could not be looked at: { $why }
unchecked-sound = the sound could not be listened to: { $why }
unchecked-not-listened = the sound was not listened to
unchecked-voice = speech was found in { $speech } of the { $listened } listened to, which is too little to be sure; a person has to listen
unchecked-duration-contradicts = the length that the file declares is over the limit and the length of what is in it is not; export the file again, so that they agree

### Problems in a profile

profile-syntax = not valid TOML: { $detail }
profile-wrong-type = "{ $key }" has a value of the wrong type; expected: { $wanted }
profile-missing-key = "{ $key }" is missing
profile-unknown-key = unknown key "{ $word }"{ $nearest ->
        [none] ; known: { $known }
       *[other] ; did you mean "{ $nearest }"?
    }
profile-unknown-value = unknown value "{ $word }"{ $nearest ->
        [none] ; known: { $known }
       *[other] ; did you mean "{ $nearest }"?
    }
profile-unknown = there is no profile "{ $word }"{ $nearest ->
        [none] ; known: { $known }
       *[other] ; did you mean "{ $nearest }"?
    }
profile-unknown-requirement = there is no requirement "{ $word }"{ $nearest ->
        [none] ; known: { $known }
       *[other] ; did you mean "{ $nearest }"?
    }
profile-unknown-check = there is no check "{ $word }"{ $nearest ->
        [none] ; known: { $known }
       *[other] ; did you mean "{ $nearest }"?
    }
profile-unknown-setting = the check has no setting "{ $word }"{ $nearest ->
        [none] ; known: { $known }
       *[other] ; did you mean "{ $nearest }"?
    }
profile-unknown-column = there is no column "{ $word }" in the table{ $nearest ->
        [none] ; known: { $known }
       *[other] ; did you mean "{ $nearest }"?
    }
profile-bad-columns = The columns of the table are not as they should be: { $detail }
profile-list-in-itself = the list "{ $word }" names itself, directly or through other lists
profile-key-twice = the key "{ $key }" or this section is here twice; keep one (a new requirement or a new row begins with a line of its own in double brackets: [[requirement]])
profile-invisible = there is a character here that looks like a space and is none (it comes with text copied from a web page or Word); delete it and type a space
profile-curly-quotes = these quotation marks are not the right ones: « » and “ ” are part of the text; use the straight one, "
profile-unclosed = a quotation mark is missing: a text begins and ends with ", on one line
profile-comma = a comma or a closing bracket is missing: the parts of [ … ] and { "{" } … { "}" } are separated by commas
profile-dotted-date = { $value } is not how a date is written here: year-month-day without quotation marks, for example 2027-01-31
profile-key-letters = the name of a key has small Latin letters, digits and hyphens alone, and stands before "=": here it begins with "{ $value }"
profile-backslash = the sign \ has a meaning of its own in a text: write / or \\ instead
profile-inner-quotes = quotation marks inside a text: write « » there, or \" instead of "
profile-no-equals = a line here is: key = value; the sign = is missing in "{ $value }"
profile-number = "{ $value }" is no number; a fraction is written with a point, nothing stands behind a number, and a text stands in quotation marks
profile-unquoted = the text behind "{ $key }" needs quotation marks: { $key } = "{ $value }"
profile-missing-setting = the check "{ $check }" needs the setting "{ $key }"
profile-missing-in = "{ $place }" lacks the key "{ $key }"
profile-wants-number = "{ $key }" wants a number without quotation marks
profile-wants-text = "{ $key }" wants a text in quotation marks
profile-wants-list = "{ $key }" wants several values in brackets, ["…", "…"], or the name of a list, { "{" } list = "…" { "}" }
profile-unknown-list = there is no list "{ $word }"{ $nearest ->
        [none] ; known: { $known }
       *[other] ; did you mean "{ $nearest }"?
    }
profile-bad-setting = the settings of "{ $check }" do not fit: { $detail }
profile-duplicate = the requirement "{ $id }" stands here for the second time; the first time on line { $first }
profile-off-must = "{ $id }" is demanded by the document and cannot be turned off. Waive it with [[waive]], a reason and a date.

### Damage, as a clause

damage-empty = it has no content
damage-truncated = it ends before its content does
damage-unterminated = the mark that ends it is missing
damage-missing-part = a part without which it cannot be played or shown is missing
damage-undecodable = the content cannot be decoded
damage-bad-checksum = a checksum does not agree with the bytes
damage-trailing-data = bytes follow its end
damage-contradiction = sizes or counts in it contradict each other
damage-malformed = it breaks the rules of its format
damage-unsupported = it is written in a way this program cannot read
damage-over-limit = it is larger than this program looks at
damage-over-time = the time was up before all was read
damage-read-error = the system could not deliver its bytes

### Why something was not looked at, as a clause

conflict-name = two names for one file
conflict-size = two sizes for one file
conflict-packed-size = two packed sizes for one file
conflict-checksum = two checksums for one file
conflict-method = two packing methods for one file
conflict-encryption = a file is protected by a password in one place and not in the other
conflict-time = two dates for one file
conflict-descriptor = what follows the data of a file does not fit it
conflict-extra-field = additional fields are broken
conflict-duplicate = several files of the same name
conflict-folder = a folder holds bytes as if it were a file
conflict-unlisted = there is a file that the table of contents conceals
conflict-overlap = files share the same bytes
conflict-gap = bytes between the files belong to none
conflict-prefix = bytes stand before the first file
conflict-second-end = it has two ends
conflict-disks = parts of it are said to lie in other files
via-script = script
via-module = script (module)
via-style = style sheet
via-image = picture
via-media = sound or video
via-font = font
via-frame = page in the page
via-icon = icon
via-load = other file
via-request = request by a script
via-form = form
via-link = link
via-text = text in a script
obfuscation-decoded-code = code is put together from an encoded text
obfuscation-numbered-names = its names are numbers
obfuscation-packed = the code unpacks itself while it runs
unread-encrypted = a password is needed
unread-method = packed in a way this program cannot open
unread-limit = larger than this program looks at
unread-bomb = it would unpack to hundreds of times its size
unread-time = the time was up
unread-damaged = damaged
unread-link = a link, which is not followed
unread-refused = the system refused to give its bytes
unread-panic = the program failed on it
unread-crashed = the part of the program that looked at it broke down or ran out of memory
unread-missing = it is not there

### Why sound was not listened to, as a clause

unheard-codec = packed in a way this program cannot unpack
unheard-undecodable = it is damaged or packed in an unusual way
unheard-encrypted = protected against copying
unheard-limit = longer than this program listens to
unheard-time = the time was up
unheard-read-error = the system could not deliver its bytes

### Why something was not scanned for malware, as a clause

unscanned-unreachable = the scanner could not be reached; start clamd, look at the address given with --clamd, and check again
unscanned-lost = the connection to the scanner broke off; see whether clamd still runs, and check again
unscanned-time = the scanner did not answer in time; check this file alone, with a longer --time-limit
unscanned-too-large = it is larger than the scanner takes; raise StreamMaxLength in clamd.conf, or scan it with another antivirus
unscanned-failed = the scanner reported an error; look into the log of clamd, and check again
unscanned-not-understood = the answer was not that of a scanner; see whether it is clamd that listens at the address given with --clamd
unscanned-scanner-limit = the limits of the scanner kept it from looking at all of it; raise them in clamd.conf (MaxScanSize, MaxFileSize, MaxRecursion)
unscanned-encrypted = the scanner would need a password; pack the file without one
unscanned-limit = larger than this program unpacks for the scanner; scan it with the antivirus on your computer
unscanned-damaged = it could not be unpacked whole; pack it again from the original
unscanned-read-error = the system could not deliver its bytes; copy the file again
unanswered-unreachable = its service could not be reached; see whether there is a network, and check again
unvisited-missing = the browser or what drives it is not installed; `tekser doctor` says how to install it
unvisited-not-started = the browser did not start
unvisited-no-start-page = there is no index.html to open
unvisited-hung = the app does not answer any more
unvisited-crashed = the browser ended while the app was open
unvisited-restless = the page does not come to rest: it is loaded anew again and again
unvisited-time = the run was stopped before
screen-desktop = computer
screen-phone = phone
unanswered-time = its service did not answer in time; check again later
unanswered-circle = it leads from one address to the next without an end; open it in a browser
unanswered-not-understood = the answer is none that a service gives; open it in a browser
unanswered-given-up = its service had been silent several times in a row and was not asked any more; check again later

### Kinds

kind-image = image
kind-audio = audio
kind-video = video
kind-app = HTML5 app
kind-text = text
kind-test = test
kind-lesson-scenario = lesson scenario
kind-e-textbook = electronic textbook
kind-submission = contest submission
kind-other = other

### Formats, as they stand after "This is"

format-jpeg = a JPEG image
format-png = a PNG image
format-gif = a GIF image
format-svg = an SVG drawing
format-webp = a WebP image
format-bmp = a BMP image
format-tiff = a TIFF image
format-heic = an HEIC photo (iPhone)
format-avif = an AVIF image
format-ico = an icon (ICO)
format-psd = a Photoshop file (PSD)
format-mp3 = an MP3 recording
format-wav = a WAV recording
format-m4a = an M4A recording
format-aac = an AAC recording
format-ogg = an OGG recording
format-flac = a FLAC recording
format-wma = a Windows Media recording (WMA)
format-amr = an AMR recording (voice recorder)
format-aiff = an AIFF recording
format-midi = a MIDI file
format-mp4 = an MP4 video
format-mov = a QuickTime video (MOV)
format-3gp = a 3GP video (old phone)
format-avi = an AVI video
format-wmv = a Windows Media video (WMV)
format-mkv = a Matroska video (MKV)
format-webm = a WebM video
format-ogv = an OGG video
format-flv = a Flash video (FLV)
format-mpeg = an MPEG video
format-mpeg-ts = a camcorder video (MPEG-TS)
format-zip = a ZIP archive
format-folder = a folder
format-html = an HTML page
format-css = a CSS style sheet
format-javascript = a JavaScript file
format-rar = a RAR archive
format-7z = a 7-Zip archive
format-tar = a TAR archive
format-gzip = a GZIP archive
format-swf = a Flash app (SWF)
format-text = a plain text
format-doc = an old Word document (DOC)
format-docx = a Word document (DOCX)
format-odt = an OpenDocument text (ODT)
format-rtf = an RTF document
format-pdf = a PDF document
format-epub = an EPUB book
format-docm = a Word document with macros
format-ppt = an old PowerPoint presentation (PPT)
format-pptx = a PowerPoint presentation (PPTX)
format-pptm = a PowerPoint presentation with macros
format-odp = an OpenDocument presentation (ODP)
format-xls = an old Excel table (XLS)
format-xlsx = an Excel table (XLSX)
format-xlsm = an Excel table with macros
format-ods = an OpenDocument table (ODS)
format-ole = an old office file
format-ole-macros = an old Office document with macros
format-exe = a Windows program (EXE)
format-dll = a library of Windows programs (DLL)
format-elf = a Linux program
format-mach-o = a macOS program
format-msi = a Windows installer (MSI)
format-java-class = a Java program
format-jar = a Java program (JAR)
format-apk = an Android app (APK)
format-dex = an Android program
format-shortcut = a Windows shortcut
format-hta = an HTML application of Windows (HTA)
format-script = a script that a system runs
format-wasm = a WebAssembly module
format-font = a font
format-json = a JSON file
format-source-map = a source map (for programmers)
format-xml = an XML file
format-sqlite = a database
format-empty = an empty file
format-unknown = a file of no known format

### What to do with a file of a format that is not wanted

advice-webp = Open the picture in Paint and save it as PNG or JPEG.
advice-bmp = Open the picture in Paint and save it as PNG or JPEG.
advice-tiff = Open the picture in Paint and save it as PNG or JPEG.
advice-heic = On the iPhone choose Settings → Camera → Formats → Most Compatible before taking photos. A photo already taken becomes a JPEG when it is opened on the computer and saved as JPEG.
advice-avif = Open the picture in Paint and save it as PNG or JPEG.
advice-ico = Open the picture in Paint and save it as PNG.
advice-psd = In Photoshop choose File → Export → Export As and take PNG or JPEG.
advice-m4a = Convert it to MP3, for example in VLC: Media → Convert / Save → profile Audio - MP3.
advice-aac = Convert it to MP3, for example in VLC: Media → Convert / Save → profile Audio - MP3.
advice-ogg = Convert it to MP3, for example in VLC: Media → Convert / Save → profile Audio - MP3.
advice-flac = Convert it to MP3, for example in VLC: Media → Convert / Save → profile Audio - MP3.
advice-wma = Convert it to MP3, for example in VLC: Media → Convert / Save → profile Audio - MP3.
advice-amr = Convert it to MP3, for example in VLC: Media → Convert / Save → profile Audio - MP3.
advice-aiff = Convert it to MP3, for example in VLC: Media → Convert / Save → profile Audio - MP3.
advice-midi = Play it in a music program and export the sound as MP3.
advice-3gp = Convert it to MP4, for example in HandBrake with the preset Fast 720p30.
advice-avi = Convert it to MP4, for example in HandBrake with the preset Fast 720p30.
advice-wmv = Convert it to MP4, for example in HandBrake with the preset Fast 720p30. From PowerPoint export directly: File → Export → Create a Video → MPEG-4.
advice-mkv = Convert it to MP4, for example in HandBrake with the preset Fast 720p30. In OBS choose Settings → Output → Recording format: mp4, or File → Remux Recordings.
advice-webm = Convert it to MP4, for example in HandBrake with the preset Fast 720p30.
advice-ogv = Convert it to MP4, for example in HandBrake with the preset Fast 720p30.
advice-flv = Convert it to MP4, for example in HandBrake with the preset Fast 720p30.
advice-mpeg = Convert it to MP4, for example in HandBrake with the preset Fast 720p30.
advice-mpeg-ts = Convert it to MP4, for example in HandBrake with the preset Fast 720p30.
advice-rar = Unpack it and pack the files again as ZIP: select everything in the folder (Ctrl+A), right click → Send to → Compressed (zipped) folder.
advice-7z = Unpack it and pack the files again as ZIP: in 7-Zip choose Add to archive → archive format zip.
advice-tar = Unpack it and pack the files again as ZIP.
advice-gzip = Unpack it and pack the files again as ZIP.
advice-swf = Flash does not run in browsers any more. Export the work as HTML5 and pack it as ZIP.
advice-html = Put index.html and all files it needs into one folder, select everything in it, and pack that as ZIP.
advice-css = Pack the whole app with its index.html as one ZIP archive.
advice-javascript = Pack the whole app with its index.html as one ZIP archive.
advice-text = A text is entered in the platform's editor. If the file is a note to the work, leave it out.
advice-doc = A text is entered in the platform's editor. If the document is to be shown as it is, ask the organizer in which form.
advice-docx = A text is entered in the platform's editor. If the document is to be shown as it is, ask the organizer in which form.
advice-odt = A text is entered in the platform's editor. If the document is to be shown as it is, ask the organizer in which form.
advice-rtf = A text is entered in the platform's editor. If the document is to be shown as it is, ask the organizer in which form.
advice-pdf = A text or a textbook is made in the platform's editor. If single pages are meant as pictures, save them as PNG.
advice-epub = An electronic textbook is made in the platform's editor; ask the organizer.
advice-ppt = Export the presentation as a video (PowerPoint: File → Export → Create a Video, MP4) or as an HTML5 app (iSpring: Publish → HTML5) packed as ZIP.
advice-pptx = Export the presentation as a video (PowerPoint: File → Export → Create a Video, MP4) or as an HTML5 app (iSpring: Publish → HTML5) packed as ZIP.
advice-pptm = Export the presentation as a video (PowerPoint: File → Export → Create a Video, MP4) or as an HTML5 app (iSpring: Publish → HTML5) packed as ZIP.
advice-odp = Export the presentation as a video (MP4) or save its slides as PNG images.
advice-exe = Programs are not accepted. Export the work as HTML5 and pack it as ZIP.
advice-msi = Programs are not accepted. Export the work as HTML5 and pack it as ZIP.
advice-apk = Phone apps are not accepted. Export the work as HTML5 and pack it as ZIP.
advice-jar = Programs are not accepted. Export the work as HTML5 and pack it as ZIP.
advice-other = Hand in an image (JPEG, PNG, SVG, GIF), a recording (MP3, WAV), a video (MP4, MOV) or an HTML5 app (ZIP).

### Verdicts, outcomes, levels, modalities

verdict-compliant = compliant
verdict-incomplete = not fully checked
verdict-non-compliant = non-compliant
outcome-passed = passed
outcome-failed = failed
outcome-not-applicable = not applicable
outcome-not-checked = not checked
outcome-manual = for a person
level-error = ERROR
level-warning = warning
level-note = note
modality-must = must
modality-should = should
modality-may = may
modality-info = information

### Checks, what each looks at

check-accessibility = Whether people who see badly, hear badly or have no mouse can use an app. axe-core looks at its start page in a browser.
check-application-form = Whether there is an application form in a submission, exactly one, by the fields that stand in it.
check-sent-once = Whether the same work was sent more than once: by bytes, words, pictures, sound and links.
check-subject-matrix = Whether the subject, the grade and the language of a teacher are in the table of the document.
check-sent-to = Whether a work was sent to the address that the document names.
check-received-within = Whether a submission came in time, by days in the time zone of the contest.
check-link-given = Whether there is a link to a page of the host that the document names.
check-link-form = Whether a link leads to something that others can download, as far as its address shows. What lies behind it, a person has to look at.
check-browser-matrix = Whether an app works the same in every browser that the document names. It is opened with --browser; engines on Linux stand in for the browsers.
check-delivery-medium = Whether a work was handed over in one of the ways that the document names.
check-answered-yes = Whether a consent was given or a confirmation made.
check-answer-known = Whether a question of the organizer is answered, with something that the document knows.
check-address-given = Whether the participant gave an e-mail address that a letter can be sent to.
check-archive-content = Which files an app's archive holds: pages, styles, scripts and multimedia, or others.
check-executables = Whether a file of an app is a program by its content, whatever its name.
check-forbidden-extensions = Whether a file of an app has one of the extensions that the document forbids.
check-forbidden-links = Whether a page or script of an app leads to a file with a forbidden extension.
check-form-field = Whether a line of the application form is filled in, and with something that the document knows.
check-format-allowed = Whether a file is in an allowed format, by content and by name, and whole.
check-harmful-code = Whether an app uses code known to do harm. It can find, but it cannot prove that there is nothing.
check-index-launches = Whether everything that the start page loads is there. Whether the app starts is seen with --browser.
check-kind-accepted = Whether the thing handed in is one of the kinds that are taken as files.
check-malware = Whether a malware scanner looked at a file and at everything in it, and found nothing. It is asked with --clamd; without it the requirement stays open.
check-max-duration = How long a recording lasts, measured and not as declared.
check-max-size = How large a file is.
check-needs-engine = A requirement that needs something this version does not have: a reader of what is written on the screen or said, a table of what came in. It is never passed by itself.
check-outside-resources = Which hosts outside the app its files load from, send to or name.
check-part-named = Whether a submission holds a part that the document names, known by the name of its file or by a heading.
check-part-present = Whether a submission holds a work of a kind, or a link to one.
check-personal-data = Whether an app has forms or uses interfaces that ask about a person.
check-platform-api = Whether an app addresses the platform's interface, if the profile names its hosts.
check-script-errors = Whether scripts have errors that make a browser refuse them; what happens while they run is seen with --browser.
check-learning-package = Whether the manifest of a learning package (SCORM, cmi5, H5P) can be read and the files are there that it names.
check-root-index = Whether the start page lies at the root of the archive under its exact name.
check-trackers = Whether an app reports to a service that collects statistics.
check-zip-archive = Whether an app is a ZIP archive that anybody can open.
check-drawing-static = Whether a drawing (SVG) is only a drawing: no code, no pages inside, nothing to load.
check-hidden-content = Whether another file is hidden in the bytes of a picture, a recording or a video.
check-plays-everywhere = Whether browsers and phones of all makers play or show the file.
check-position-data = Whether a picture or a video tells where it was taken.
check-school-screen = Whether old school computers and projectors show a video as it was meant: frame rate, half pictures, portrait.
check-sound-audible = Whether there is anything to be heard in a sound track, and on both sides.
check-voice-heard = Whether somebody speaks. Silence is found with certainty; that a voice is heard is only likely, and whose it is a person must judge.

### Units

unit-byte = B
unit-kib = KiB
unit-mib = MiB
unit-gib = GiB

### The report on the terminal

report-requirement = Requirement:
report-help = What to do:
report-registry = Table { $file }: rows { $rows }; columns that were understood: { $columns }
jury-column-remarks = Remarks
jury-column-award = Award
jury-column-rank = Rank
jury-column-mean = Mean
jury-column-sum = Sum
jury-column-total = Total
jury-column-part = Takes part
jury-column-verdict = Formal check
jury-column-group = Group
jury-column-school = School
jury-column-author = Author
jury-column-work = Work
jury-column-number = No
jury-note-ties = Ties are marked and not settled: the jury decides. Awards are proposed by rank; the jury may change them.
jury-note-inputs = The rank follows from the numbers of the table, the first before the next.
jury-note-marks = Each member writes marks on a page of their own. The rank follows from the mean of the totals of those who have marked.
jury-note-part = The column "Takes part" says whether a work is ranked. Works that do not comply are set to "no"; works that were not checked to the end take part. Change it where the organizer decides otherwise.
jury-open = { $count ->
        [one] { $count } requirement not checked
       *[other] { $count } requirements not checked
    }
jury-not-met = not met:
jury-part-no = no
jury-part-yes = yes
jury-tie = tie
jury-member = Member { $number }
jury-sheet-notes = Notes
jury-sheet-member = Member
jury-sheet-summary = Summary
report-waived = waived
report-not-checked = Not checked:
report-reasons = Why something was not checked
place-line = line { $line }
report-profile-findings = About the profile:
report-manual = { $count ->
        [one] { $count } more criterion has to be judged by a person: tekser requirements
       *[other] { $count } more criteria have to be judged by a person: tekser requirements
    }
summary-title = Summary
summary-submissions = { $count ->
        [one] { $count } submission
       *[other] { $count } submissions
    }
summary-compliant = compliant: { $count }
summary-non-compliant = non-compliant: { $count }
summary-incomplete = not fully checked: { $count }
summary-skipped = { $count ->
        [one] { $count } system file was left out (such as Thumbs.db)
       *[other] { $count } system files were left out (such as Thumbs.db)
    }
summary-findings = errors: { $errors }, warnings: { $warnings }, notes: { $notes }

### explain and the lists

summary-unreached = NOT examined, because the run was stopped: { $count }
markdown-more = { $count ->
    [one] One more submission does not comply or was not fully checked; the full report names it.
   *[other] { $count } more submissions do not comply or were not fully checked; the full report names them.
}
sarif-tool = What tekser itself has to say of a submission
sheet-submissions = Submissions
sheet-findings = Findings
sheet-requirements = Requirements
column-submission = Submission
column-kind = Kind
column-verdict = Verdict
column-failed = Requirements not met
column-not-checked = Not checked
column-errors = Errors
column-warnings = Warnings
column-notes = Notes
column-seconds = Length, s
column-bytes = Size, bytes
column-sha256 = SHA-256
column-level = Weight
column-place = Place
column-message = What was found
column-help = What to do
column-requirement = Requirement
column-clause = Clause
column-id = Id
column-modality = How binding
changes-title = What changed since
changes-came = new
changes-went = not there any more
changes-appeared = new:
changes-gone = gone:
changes-unchanged = unchanged: { $count }
html-answers-bad = This file holds no answers of this page.
html-answers-file = tekser-answers
html-answers-load = Load saved answers
html-answers-saved = The answers were saved as a file.
html-any-kind = any
html-any-requirement = any
html-any-school = any
html-any-verdict = any
html-changes = What changed since
html-checklist = For a person to judge
html-checklist-note = Answers of the jury stay in this browser; save them as a file to pass them on.
html-clear = Clear
html-collapse = Close all
html-criterion-met = met
html-criterion-open = not clear
html-criterion-unmet = not met
html-expand = Open what is shown
html-facts = Size and length
html-failures = Submissions
html-filters = Filters
html-findings = Not met or not checked
html-frequent = Requirements that are failed most often
html-generated = Report of
html-images-preview = Preview:
html-kind = Kind
html-language = Language
html-no-findings = Everything that was checked is met.
html-none-shown = Nothing fits the filters.
html-noscript = This page needs JavaScript to show the report; nothing is loaded from the internet.
html-note = Note
html-others = Requirements that do not speak of this kind:
html-outcome = Outcome
html-passed = Met:
html-print = Print
html-requirement = Requirement
html-requirements = Requirements of the document
html-save = Save answers
html-school = School
html-search = Search in names and findings
html-shown = Shown:
html-skipped = System files that were left out:
html-submissions = Submissions
html-unchanged = Unchanged:
html-unreached = The run was stopped. NOT examined:
html-verdict = Verdict
html-verdicts = Verdicts
html-wave = Loudness of the sound
report-config = Settings:
tools-format-allowed-image =
    PowerPoint: a slide as a picture: File → Save As → PNG.
    Canva: Share → Download → PNG or JPG.
    Phone: on an iPhone, Settings → Camera → Formats → Most Compatible, before you record.
    Windows Explorer: renaming changes no format. Show extensions with View → File name extensions, and save the file anew in the program it was made with.
tools-format-allowed-audio =
    CapCut: Export → only the sound (Audio) → MP3.
    Phone: most recorders save M4A; choose WAV or MP3 in their settings, or export the recording as MP3.
    Windows Explorer: renaming changes no format. Show extensions with View → File name extensions, and save the file anew in the program it was made with.
tools-format-allowed-video =
    PowerPoint: a lesson with sound: File → Export → Create a Video → MPEG-4.
    Canva: Share → Download → MP4.
    CapCut: Export → format MP4, codec H.264.
    OBS: Settings → Output → Recording Format → mp4; what is MKV already: File → Remux Recordings.
    Phone: on an iPhone, Settings → Camera → Formats → Most Compatible, before you record.
    iSpring: Publish → Video.
    Windows Explorer: renaming changes no format. Show extensions with View → File name extensions, and save the file anew in the program it was made with.
tools-max-duration =
    CapCut: put the cursor where the lesson should end, Split, delete the rest, Export.
    Canva: drag the ends of the clip on the timeline, then Share → Download.
    PowerPoint: Transitions → Timing → After sets the seconds of a slide; then export the video anew.
    Phone: open the video in the gallery, Edit, drag the ends of the strip, save as a copy.
    OBS: record the lesson in two parts; a recording cannot be cut in OBS.
tools-max-size =
    CapCut: Export → resolution 720p, bit rate Lower.
    PowerPoint: File → Export → Create a Video → HD (720p). Pictures: Picture Format → Compress Pictures → 150 ppi.
    Canva: Share → Download → Size, and Compress file.
    OBS: Settings → Output → Video Bitrate 2500 Kbps; Settings → Video → Output (Scaled) Resolution 1280x720.
    Phone: before you record, Camera → Settings → 720p or 1080p in place of 4K.
    iSpring: Publish → Compression → medium quality of pictures, sound and video.
tools-zip-archive =
    Windows Explorer: open the folder, select all (Ctrl+A), right click → Send to → Compressed (zipped) folder.
    7-Zip: select everything in the folder, right click → 7-Zip → Add to archive, archive format zip, no password.
    iSpring: Publish → HTML5 and tick the ZIP archive.
tools-root-index =
    Windows Explorer: pack what is in the folder (Ctrl+A), not the folder itself; the name is index.html in small letters.
    7-Zip: open the archive; index.html must be seen at once, without opening a folder.
    iSpring: Publish → HTML5; the start page is named index.html by itself.
tools-forbidden-extensions =
    7-Zip: open the archive, select the file, Delete, Yes; nothing has to be packed anew.
    Windows Explorer: show extensions (View → File name extensions), delete the file from the folder and pack the folder anew.
    iSpring: publish for the web (HTML5) and not for a CD or as a program (EXE).
tools-executables = { tools-forbidden-extensions }
tools-outside-resources =
    iSpring: Publish → HTML5 → to a folder, and put videos in as files, not from YouTube.
    PowerPoint: Insert → Video → This Device in place of Online Videos.
    Windows Explorer: put the font, script or picture that is loaded from a site into the folder of the app, and write its name in place of the address.
tools-plays-everywhere =
    CapCut: Export → codec H.264 and not HEVC, format MP4.
    Phone: iPhone: Settings → Camera → Formats → Most Compatible. Android: turn off "High efficiency video" in the settings of the camera.
    OBS: Settings → Output → Video Encoder H.264; Settings → Advanced → Color Format NV12.
    PowerPoint: File → Export → Create a Video makes H.264 by itself.
tools-school-screen =
    CapCut: aspect ratio 16:9, Export → 30 frames a second, not interlaced.
    OBS: Settings → Video → 1280x720 or 1920x1080, 30 FPS.
    Phone: hold it across; Camera → Settings → 30 frames a second.
    Canva: make the design as Video 1920 x 1080.
tools-sound-audible =
    OBS: before you record, speak and see that the bar of the microphone moves (Audio Mixer); for one ear only: right click the microphone → Advanced Audio Properties → Mono.
    PowerPoint: Slide Show → Record, and see that the microphone at the bottom left is on.
    CapCut: click the sound track; the volume must not be 0; Export with sound.
    Phone: do not cover the microphone at the lower edge; record five seconds and listen.
tools-voice-heard = { tools-sound-audible }
tools-position-data =
    Windows Explorer: right click → Properties → Details → Remove Properties and Personal Information.
    Phone: turn off the location for the camera before you take the picture; iPhone: Settings → Privacy → Location Services → Camera → Never.
    CapCut and Canva: a file exported anew has no place in it.
explain-tools = In the programs that teachers have:
reference-title = What tekser checks
reference-about = Every requirement of the built-in profiles, as `tekser explain` tells it. This page is made by `tekser reference`; a test keeps it fresh.
explain-clause = Clause:
explain-quote = In the words of the source:
explain-derived = derived from the clause; the source does not state it separately
explain-modality = How binding:
explain-applies-to = Applies to:
explain-why = Why:
explain-help = What to do:
explain-note = How it is read:
explain-check = Check:
explain-settings = Settings:
explain-no-check = A person judges this; the program lists it and never passes it by itself.
explain-used-by = Used by:

### doctor

doctor-title = What this program can use on this machine
doctor-built-in = built in
doctor-missing = not found
doctor-media = Images, sound, video, archives and pages
doctor-browser = { $browser }, to open apps in
doctor-apart = Browsers get no network but this computer
doctor-not-apart = a network of their own for browsers cannot be made here (unshare, ip); a proxy refuses what leads outside
doctor-scanner = A malware scanner (clamd) for the requirement that an app has no viruses
doctor-found = { $engine }. Use it: { $option }
doctor-unreachable = does not answer
doctor-convert = A converter (ffmpeg) to make allowed formats
doctor-install = Install: { $command }

### Packing

# What a step does, before the list of what it is done to.
pack-litter = { $count ->
        [one] 1 file that a system, an editor or version control left there stays out:
       *[other] { $count } files that systems, editors or version control left there stay out:
    }
pack-names = { $count ->
        [one] 1 name is written in UTF-8 with slashes, as every system reads it:
       *[other] { $count } names are written in UTF-8 with slashes, as every system reads them:
    }
pack-top-folder = The whole app lies in a folder of its own; it is taken out, because platforms look for index.html at the top:
pack-start-renamed = The start page is renamed to index.html; until now it is:
pack-start-made = { $count ->
        [one] There is no index.html; one is made that opens the page:
       *[other] There is no index.html; one is made that lists the pages:
    }
pack-links = { $count ->
        [one] 1 address is spelt as its file is; servers and phones tell capital letters from small ones:
       *[other] { $count } addresses are spelt as their files are; servers and phones tell capital letters from small ones:
    }
pack-portable = { $count ->
        [one] 1 name gets Latin letters and no spaces, and the addresses follow it:
       *[other] { $count } names get Latin letters and no spaces, and the addresses follow them:
    }
pack-local = { $count ->
        [one] 1 address outside is exchanged for a file of the app:
       *[other] { $count } addresses outside are exchanged for files of the app:
    }
pack-trackers = { $count ->
        [one] 1 address of a service that counts visitors or advertises is emptied; the code around it stays and does nothing:
       *[other] { $count } addresses of services that count visitors or advertise are emptied; the code around them stays and does nothing:
    }
pack-png = { $count ->
        [one] 1 PNG picture is written smaller where that can be done without loss:
       *[other] { $count } PNG pictures are written smaller where that can be done without loss:
    }
pack-course = Made for platforms that take { $standard }:
pack-course-reported = Made for platforms that take { $standard }. The app does not speak to a platform itself, so a page holds it that reports when it was opened and left:
pack-course-speaks = The app speaks to the platform itself and is opened directly:
pack-course-already = It is a package of { $standard } already; its manifest stays, and what was said of the material is not used:
pack-course-replaced = This manifest belongs to another standard; it stays out, and one of { $standard } takes its place:
pack-course-lacks = The order of 2020 (¶44) wants more to be said of a material: { $fields }
pack-more = … and { $count } more
pack-as-it-is = Nothing has to be put right.
pack-left = The name "{ $name }" belongs to no file any more and still stands in { $file }. If a script asks for that file, it will not find it: open the package and try it, or pack with --skip portable-names.
pack-not-app = This is { $found }. Only a folder or a ZIP archive can be packed.
pack-refused-conflict = The archive contradicts itself: { $what }. Different programs would see different files in it, so nobody knows what to pack. Unpack it with 7-Zip, look at the files, and give the folder.
pack-refused-listing = Not everything in the archive can be seen: { $why }.
pack-refused-unread = { $name } cannot be read: { $why }.
pack-refused-name = { $name }: such a name leads out of the package or is not the one that people see. Rename the file.
pack-refused-long = { $name }: the name is too long for any system. Give it a shorter one.
pack-refused-shared = { $name } and { $other } would get one name. Rename one of them.
pack-refused-address = { $name }: the address { $url } cannot follow its file. Pack with --skip for that repair, or mend it by hand.
pack-refused-empty = There is no file in it.
pack-refused-local = { $name }: there is no such file in the app. Put it into the folder first, and name it by its path there.
pack-refused-unloaded = { $url }: no page and no style sheet loads this. Copy the address from the report.
pack-refused-item = { $page }: there is no such page in the app. Name pages by their path in the folder, as in --item "lesson/page.html=Title".
pack-refused-start = There is no index.html and no page that could be opened instead. Name the pages with --item.
pack-refused = Nothing was packed.
pack-stopped = Stopped; nothing was written.
pack-not-kept = { $path } was not written, because the package does not comply. Put right what is said above, or keep it all the same with --allow-findings.
pack-done = { $path }: { $count ->
        [one] 1 file
       *[other] { $count } files
    }, { $size }. Receipt: { $receipt }
verify-same = { $path } is the package that was checked on { $packed } by { $profile }. It was then: { $verdict }.
verify-profile-changed = The profile { $profile } has changed since; to know what it says today, check the package again.
verify-differs = { $path } is not the package that { $receipt } speaks of.
verify-changed = Changed ({ $count }): { $names }
verify-gone = Missing ({ $count }): { $names }
verify-new = New ({ $count }): { $names }
verify-packed-anew = All files are the same; only the archive was made anew.
verify-unreadable = What differs cannot be told: { $error }
error-pack-exists = { $path } is there already; write over it with --force, or choose another name
error-pack-inside = { $path } lies in the folder that is to be packed; choose a place outside it
error-pack-read = { $name } cannot be read: { $error }
error-pack-address = { $name }: the address { $url } cannot be exchanged where it stands; mend it by hand, or leave the repair out with --skip
error-unknown-repair = No repair is called "{ $word }"; there are: { $known }
error-material-app = What is said of a material (--title and the like) stands in the manifest of a package for a learning platform; name one with --target: { $known }
error-material-title = A package for a learning platform needs a title: --title "…", or title in the section [material] of tekser.toml
error-material-language = "{ $word }" is no language tag; write kk, ru, en …
ask-title = Title:
ask-title-known = Title ({ $title }):
ask-description = What is it about? (Enter to leave out):
ask-keywords = Keywords, with commas between them (Enter to leave out):
ask-level = Level of education or class (Enter to leave out):
ask-subject = Subject (Enter to leave out):
ask-language = Language: kk, ru, en … (Enter to leave out):
ask-author = Author (Enter to leave out):
ask-source = What was it taken from? (Enter to leave out):
error-receipt = { $path } is no receipt: { $error }

### Converting

convert-nothing = There is nothing in it that could become { $target }.
convert-picture = The picture: { $from } becomes { $to }.
convert-picture-kept = The picture stays as it is, bit for bit.
convert-sound = The sound: { $from } becomes { $to }.
convert-sound-kept = The sound stays as it is, bit for bit.
convert-interlaced = Half pictures become whole ones, so that nothing shows combs.
convert-bright = The colours are for screens brighter than those at school; they are made right for an ordinary one.
convert-pale = The colours are for screens brighter than those at school and will look pale: this ffmpeg has no filter (zscale) that makes them right.
convert-transparent = What is transparent becomes white.
convert-to-size = It would be too large; so it is made to fit { $size }: { $height } lines, { $rate } kbit a second, in two passes.
convert-sound-to-size = It would be too large; so it is made to fit { $size }: { $rate } kbit a second.
convert-quality-good = That is enough for a good picture.
convert-quality-fair = That is enough for slides and people who speak; fast movement will be soft.
convert-quality-poor = That is little: the picture will show blocks. A shorter recording would look better.
convert-too-long-for-size = It is too long to fit the allowed size in a quality that is worth looking at or listening to. Divide it into parts.
convert-pauses = Nothing was cut. There are pauses at which it could be divided: { $places }
convert-no-pauses = Nothing was cut. No pause near the limit was heard at which it could be divided.
error-no-ffmpeg = Converting needs ffmpeg, which is not here. Install it: { $command }
error-convert = { $path } cannot be converted: { $error }
error-convert-target = Nothing is converted to ".{ $word }"; possible: .mp4, .mp3, .jpg, .png
error-convert-original = { $path } is the original, which is never written over; choose another name with --out

### Troubles of a run

error-nothing = There is nothing to check in: { $paths }
error-argument = { $path }: { $error }
error-profile = The profile has mistakes:
error-tracker-list = The list { $path } could not be read: { $error }
error-sheet-form = The sheet { $path } must end with .xlsx or .csv
error-sheet-there = { $path } is there already, perhaps with marks of the jury. Give another name, or --force to write over it
error-no-jury = The profile { $profile } says nothing of a jury: it has no [jury]. "tekser init" shows what one looks like
error-there = { $path } is there already; give another name
init-written = { $path } is written. Put your contest into it, then: tekser profile check { $path }
profile-good = The profile is good. Requirements: { $count }; a program decides { $decided }, a person { $manual }.
profile-asks-columns = Give a table (--registry) with these columns: { $columns }.
profile-period = { $title }: from { $first } to { $last }.
profile-period-past = { $title }: from { $first } to { $last }. These days are over: every new work will be late.
profile-compares = Works are held against one another.
profile-has-jury = There is a sheet for the jury: tekser jury.
error-not-compared = The profile { $profile } compares no works: it has no [alike]; leave out --index and --reviewed
error-index = The index { $path } cannot be used: { $error }
error-registry-read = The table { $path } cannot be read: { $error }
error-registry-large = The table { $path } is too large; at most { $limit } are read
error-registry-headings = No row of { $path } looks like headings. Headings that are known: { $known } …
error-registry-no-paths = The table { $path } names files; give the folder that they lie in
error-registry-no-column = The table { $path } does not say which files belong to a row. Add a column "{ $column }" with the names of files or folders, or give the table alone
error-profile-read = The profile { $path } could not be read: { $error }
error-profile-encoding = The profile { $path } is not saved as UTF-8: in Notepad choose "Save as", encoding "UTF-8"
error-unknown-id = There is no requirement or check "{ $word }"{ $nearest ->
        [none] .
       *[other] ; did you mean "{ $nearest }"?
    }
error-unknown-format = There is no report format "{ $word }"; known: { $known }
error-output = { $path } could not be written: { $error }
error-journal = { $path } cannot be used as a journal: { $error }
error-journal-busy = { $path } is in use by another run; wait for its end or give another journal
error-journal-other = { $path } was written by another version of tekser or with other settings (profile, --as, scanner); give another journal
error-journal-none = { $path } is there and is no journal of tekser; it was left as it is
store-trouble = What was measured could not be kept for later runs: { $error }
stopping = Stopping; the report of what was done follows. Press Ctrl-C once more to end at once.
stopped = The run was stopped. Not examined: { $count }. With --resume JOURNAL a run can be taken up where it was stopped.
stopped-resumable = The run was stopped. Not examined: { $count }. Give the same command again to go on.
error-report = { $path } is no report of tekser that this version reads (JSON or JSON Lines): { $error }
error-merge-profile = { $path } was judged by another profile or another version of it ({ $profile }) than the first report ({ $other }); judge all by one: tekser judge REPORT… --profile …
error-merge-twice = { $path } has another result for { $submission } than a report before it; two submissions must not have one path
error-config = { $path } cannot be used: { $error }
error-config-two = The paths have two files of settings, { $a } and { $b }; name one with --config, or use --no-config
config-default = default
error-threads = The threads could not be started: { $error }
progress = Checking
error-clamd = "{ $word }" is no address of clamd; give HOST:PORT, tcp://HOST:PORT or the path of its Unix socket
error-yara = Rules in { $path } cannot be used: { $error }
error-unknown-browser = There is no browser "{ $word }". There are: { $known }.
error-unknown-kind = There is no kind "{ $word }"; known: { $known }
error-output-form = --output wants a file with a known extension, such as report.json, or FORMAT=PATH; given: { $word }; formats: { $known }
error-binary-format = A report in the form "{ $word }" is no text; write it to a file: --output report.{ $word }

### Help on the command line; behind `help-` stands the name of a command or of an argument

help-about = Checks e-learning content against the documents that govern it
help-lang = Language of all messages: kk, ru or en. Without it: that of the system, else Russian
help-help = Show this help
help-version = Show the version
help-check = Check files, folders and archives; exit status 1 if one does not comply
help-pack = Put an app right, pack it as a ZIP archive, check that, and write a receipt
help-verify = Tell whether a package is still the one that its receipt speaks of
help-source = An app, or a submission to a contest: a folder or a ZIP archive
help-out = The package to write
help-dry_run = Show what would be put right, and write nothing
help-fix = What is put right: safe (what no script depends on), all, none
help-skip = Repairs to leave out: litter, names, top-folder, start-page, local, links, portable-names, trackers, png
help-allow_findings = Keep the package even if it does not comply
help-kept_report = Also write the report of the package; a contest gets OUT.zip.report.html if none is named
help-local = Load a file of the app instead of an address outside; once for each
help-target = For a learning platform: scorm-1.2, scorm-2004, cmi5, ims-cp; app is a plain archive
help-launch = How a platform opens the app: by a page that reports (reported) or directly (direct); if not said, it depends on whether the app reports itself
help-title = Title of the material (with --target; may stand in tekser.toml, section [material], as all of these)
help-description = What the material is about
help-keywords = Words to find it by
help-level = Level of education or class
help-subject = Subject
help-language = Language: kk, ru, en …
help-author = Author
help-taken_from = What it was taken from
help-item = A page that the platform lists, with its title; once for each
help-package = The package
help-receipt = Its receipt, if that does not lie beside it
help-convert = Turn a recording or a picture into MP4, MP3, JPEG or PNG and check it; the original stays as it is
help-file = The recording or picture
help-converted = The file to write; its extension says what it becomes
help-explain = Explain a requirement or a check: clause, why, what to do
help-profiles = List the built-in profiles
help-requirements = List the requirements of a profile, the checklist for people included
help-checks = List the checks
help-new_profile = The file to write
help-force = Write over a file that is there
help-sheet = The sheet to write, .xlsx or .csv
help-members = Members of the jury, in the place of the number that the profile names
help-profile-check = See whether a profile is good, and what it asks
help-profile-command = Work with a profile
help-init = Write a profile to begin with, for a contest of your own
help-jury = Make a sheet for the jury, filled in with what the check found
help-inspect = Show what can be measured in files, without judging
help-schema = Print a JSON Schema
help-doctor = Show what this machine has for the checks that need other programs
help-tracker_list = A list of trackers more, in the syntax of Adblock Plus (EasyPrivacy, for one); can be given several times
help-registry = Table of what came in (CSV, XLSX, ODS): files, days, addresses, answers, a row a submission
help-file_times = Where nothing else tells when a work came, take the time of its files, with a warning
help-browser = Open apps in real browsers and work with them: chromium, firefox, webkit, separated by commas. Nothing leaves the computer
help-browse = Opens apps for another tekser
help-measure = Measures for another tekser
help-replay = Do once more what a report says was done with an app, and show in which step it fails
help-app = The app, if it lies elsewhere than the report says
help-submission = A part of the path of the submission, if the report holds several apps
replay-open = open
action-click = click
action-type = type into
action-key = press
action-scroll = scroll
action-drag = drag
replay-nothing = The report holds no app that was opened in a browser; run tekser check with --browser and --output report.json first.
replay-several = The report holds several apps; say with --submission which one is meant.
help-online = Ask the services on which works are shared whether their links open. Only headers are asked for; nothing is downloaded and no other host is asked
help-isolate = Look at every submission in a process of its own: one on which the program breaks down, hangs or runs out of memory costs no other. Takes a little longer
help-memory_limit = Memory that such a process may have, in mebibytes; 2048 if nothing is said. Turns --isolate on
help-index = Prints of works of earlier contests: compared with, and added to; made if it is not there
help-reviewed = Table with two columns: pairs of works that a person found to be no duplicates
help-paths = Files, folders and archives
help-profile = A built-in profile or a TOML file
help-kind = Judge every file as this kind: image, audio, video, app, text, test, lesson-scenario, e-textbook; or take each path as one submission to a contest: submission
help-jobs = Threads; 0 for one a core
help-no_digests = Leave out SHA-256 digests, which are the one thing that reads every byte
help-time_limit = Seconds that one submission may take
help-format = Form of the report on standard output: text, compact, json, jsonl, sarif, junit, github, markdown, html, csv, csv-semicolon
help-cache = Keep what was measured in this folder, and do not measure again what did not change
help-resume = Write what was measured into this file as the run goes, and go on from there if it was broken off
help-baseline = Show what changed since this older JSON report
help-judge = Judge what was measured before by another profile, without the files
help-render = Write a JSON report in another form or language
help-diff = Show what changed between two JSON reports
help-merge = Join the JSON reports of several machines
help-reports = Reports as JSON or JSON Lines
help-report = A report as JSON
help-old = The older report
help-new = The newer report
help-config = Settings: a file, in place of the tekser.toml beside the path or above it
help-no_config = Use no tekser.toml
help-config-show = Show the settings in force and where each comes from
help-path = The folder whose settings are asked for
help-config-command = Settings in tekser.toml
help-completions = Print what a shell needs to complete commands
help-shell = The shell
help-man = Write the pages of the manual into a folder
help-man_folder = The folder
help-reference = Print all requirements of the built-in profiles, explained, as Markdown
help-output = Write the report to a file as well; the extension tells the form (txt, json, jsonl, sarif, xml, md, html, csv, xlsx), or FORMAT= does; may be given several times
help-require_complete = Exit status 1 as well if a submission is not fully checked
help-id = Id of a requirement or a check
help-what = What to describe: report or profile
help-usage = Usage
help-commands = Commands
help-arguments = Arguments
help-options = Options
help-clamd = Have everything scanned for malware by the clamd at this address: HOST:PORT, or the path of its Unix socket (such as /run/clamav/clamd.ctl)
help-yara = Hold every file against the YARA rules in this file; may be given more than once. Rules alone do not prove that there is no malware: use --clamd as well
help-listen = What to listen for in the sound: nothing, sound or speech. Listening takes time; `check` listens for what the profile asks
help-documents = Read what text documents say (DOCX, ODT, RTF, PDF, TXT), inside archives too

# What to do in the program that an app was made with.
steps-ispring = In iSpring choose Publish → My Computer → HTML5 (not LMS) and pack what is inside the folder it makes. If all you have is the package for an LMS, pack what is inside its folder "res".
steps-storyline = In Storyline choose Publish → Web (not LMS). Put a page index.html beside story.html that leads to it; do not rename story.html, since other files name it. Pack what is inside the folder.
steps-rise = In Rise choose Export → Web (not LMS). Open the folder "content" of the export and pack what is inside it.
steps-captivate = Publish to the computer as HTML5 with reporting to an LMS switched off, and pack what is inside the folder.
steps-adapt = Download the course as a web build (not SCORM) and pack what is inside the folder "build".
steps-activepresenter = Export to HTML5 and pack what is inside the folder "HTML5".
steps-h5p = An H5P file is no web page. Open it in Lumi (lumi.education), choose File → Export… → All-in-one HTML file, save it as index.html and pack that.
steps-lumi = In Lumi choose File → Export… → All-in-one HTML file, save it as index.html and pack that.
steps-exelearning = Export the project as a web site in a ZIP file and hand that in as it is.
steps-xerte = In the project's properties choose Export → Deployment Zip, unpack it, rename index.htm to index.html, and pack everything again.
steps-lectora = Publish to HTML (not to SCORM, AICC or xAPI) and pack what is inside the folder.
steps-courselab = Put a page index.html at the root that leads to 1/start.html. Leave start.html where it is: it needs the folders around it.
steps-hot-potatoes = Save the exercise as a web page named index.html. If the Masher joined several exercises, rename its index.htm to index.html.
steps-camtasia = Export for the web with the Smart Player under the name "index", or rename the page to index.html.
steps-genially = Rename genially.html to index.html and pack again.
steps-scratch-project = A Scratch project is no web page. Open the .sb3 file at packager.turbowarp.org, choose Zip, press Package, and hand in that ZIP as it is.
steps-turbowarp = In the packager choose Zip, press Package, and hand in that ZIP as it is. If you made a single page, rename it to index.html and pack it.
steps-htmlifier = Tick the option .zip, or save the single page as index.html and pack it.
steps-construct = Export the project as Web (HTML5) and hand in what is inside the export as it is.
steps-gdevelop = Export the game for the web (HTML5) and pack what is inside the folder.
steps-unity = Build for the Web (WebGL) and pack what is inside the folder of the build: index.html, Build, TemplateData.
steps-godot = Export for the Web again under the name index.html. Renaming the page is not enough: its files name each other.
steps-gamemaker = Choose the target HTML5 and create the package as a ZIP.
steps-rpg-maker = Deploy the game for web browsers and pack what lies beside index.html (the inside of the folder "www", if there is one).
steps-twine = Publish the story to a file and save it as index.html.
steps-animate = In the publish settings choose HTML5 Canvas with the output name "index", publish, and pack what is inside the folder.
steps-web-designer = Publish locally under the name "index" and pack what is inside the folder.
steps-geogebra = Export the worksheet as a web page and name it index.html.
steps-phet = Rename the page of the simulation to index.html. If there are several, make a page index.html with links to them.
steps-pano2vr = Make the output for the web and pack what is inside the output folder.
steps-3dvista = Publish for the web and rename index.htm to index.html.
steps-flip-pdf = Publish to HTML (not EXE) and pack what is inside the folder.
steps-powerpoint = Put a page index.html beside it that leads to it, and pack it together with its folder of files. New versions of PowerPoint make no web pages: use an add-in that makes HTML5, or save the presentation as a video.
steps-word = Save the document as Web Page, Filtered under the name index.html, and pack it together with its folder of files.
steps-impress = Export the presentation as an HTML document under the name index.html and pack what is inside the folder.
steps-libreoffice = Save the document as HTML under the name index.html.
steps-google-docs = Rename the page to index.html and pack it together with the folder "images".
steps-tilda = Set the main page in the site's settings and export again; the main page is then named index.html.
steps-saved-page = A page saved from a browser seldom works without the site. Export the work in the service where it was made; or rename the page to index.html and pack it together with its folder of files.
