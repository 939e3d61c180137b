# Russian sentences of tekser.
#
# An id without a point is a sentence; its attribute `.help` says what to do. `format-`, `advice-`, `kind-`, `damage-`,
# `unread-`, `verdict-`, `outcome-`, `level-` and `check-` are followed by the id of the thing they name. Variables cannot
# be inflected: names of formats and kinds are nominatives, and the sentences leave a place for a nominative.

### Findings: what kind of thing was handed in

kind-unspecified = Это { $found }. Документ не говорит, каким файлом сдавать материал такого вида ({ $kind }), поэтому решает человек.
    .help = { $advice }
kind-not-accepted = Это { $found }, а нужно изображение, аудиозапись, видео или приложение HTML5.
    .help = { $advice }

### Findings: formats

file-empty = Файл пустой: в нём 0 байт.
    .help = Сохраните или скопируйте файл ещё раз: если копирование прервалось, остаётся пустой файл.
format-unrecognised = Это файл неизвестного формата. Допускаются: { $allowed }.
    .help = Откройте файл в программе, где он создан, и сохраните заново в допустимом формате. Если его не открывает ни одна программа, он повредился при копировании или пересылке.
format-not-allowed = Это { $found }. Допускаются: { $allowed }.
    .help = { $advice }
extension-missing = У имени файла нет расширения, а на самом деле это { $found }.
    .help = Переименуйте файл так, чтобы имя заканчивалось на .{ $right }. Сначала включите в Проводнике Windows «Вид → Расширения имен файлов».
extension-not-allowed = Имя файла заканчивается на .{ $extension }, а на самом деле это { $found }. Допустимые расширения: { $allowed }.
    .help = Переименуйте файл так, чтобы имя заканчивалось на .{ $right }. Сначала включите в Проводнике Windows «Вид → Расширения имен файлов».
extension-disagrees = Имя файла заканчивается на .{ $extension }, а на самом деле это { $found }.
    .help = Переименуйте файл так, чтобы имя заканчивалось на .{ $right }. Само содержимое менять не нужно.
file-trailing-data = После конца содержимого идут байты, которые к нему не относятся.
    .help = Откройте файл и сохраните его под новым именем: лишние байты исчезнут.
file-unterminated = В конце файла нет завершающей метки. Насколько видно, содержимое на месте.
    .help = Откройте файл и сохраните его под новым именем.
file-damaged = Файл повреждён: { $damage }{ $detail ->
        [none] .
       *[other] {" "}({ $detail }).
    }
    .help = Экспортируйте или скопируйте файл из оригинала ещё раз. Даже если на вашем компьютере он открывается, конец у него может быть обрезан: проигрыватель показывает то, что есть.
no-picture-track = В этом видео нет изображения, только звук или данные.
    .help = Если это звукозапись, экспортируйте её в MP3. Если видео — экспортируйте его ещё раз вместе с изображением.

### Findings: sizes and lengths

size-over-limit = Размер файла — { $size }, а допускается не больше { $limit }.
    .help = Уменьшите файл: выберите при экспорте меньшее разрешение или меньший битрейт (для видеоурока достаточно 1280×720) либо уменьшите число и размер картинок.
size-in-grey-zone = Размер файла — { $size }, это больше, чем { $limit }. Платформа, которая считает мегабайт за 1 000 000 байт, может его не принять.
    .help = Экспортируйте файл чуть меньшего размера, тогда и такая платформа его примет.
duration-over-limit = Длительность — { $duration }, а допускается не больше { $limit }. Лишнее: { $excess }.
    .help = Сократите запись на { $excess } или разделите её на две части и сдайте каждую как отдельную работу.

### Findings: the archive of an app

app-not-packed = Это распакованная папка приложения. Она проверена как есть, но сдавать нужно ZIP-архив.
    .help = Откройте папку, выделите всё её содержимое (Ctrl+A) и упакуйте его: правая кнопка мыши → «Отправить → Сжатая ZIP-папка» (в Windows 11 — «Сжать в ZIP-файл»). Не упаковывайте саму папку снаружи.
page-not-packed = Это только { $found }. Приложение сдают одним ZIP-архивом со всеми его файлами.
    .help = Положите index.html и все нужные ему файлы в одну папку, выделите всё её содержимое (Ctrl+A) и упакуйте его: правая кнопка мыши → «Отправить → Сжатая ZIP-папка» (в Windows 11 — «Сжать в ZIP-файл»).
not-a-zip = Это { $found }, а нужен ZIP-архив.
    .help = { $advice }
zip-extension = Это ZIP-архив, но его имя не заканчивается на .zip{ $extension ->
        [none] .
       *[other] {" "}(сейчас оно заканчивается на .{ $extension }).
    }
    .help = Переименуйте файл так, чтобы имя заканчивалось на .zip.
zip-damaged = Архив повреждён: { $damage }{ $detail ->
        [none] .
       *[other] {" "}({ $detail }).
    }
    .help = Упакуйте приложение ещё раз и загрузите новый архив. Так выглядит архив, который оборвался при пересылке.
zip-empty = В архиве ничего нет.
    .help = Упакуйте файлы приложения ещё раз.
zip-encrypted = { $count ->
        [one] { $count } файл в архиве защищён паролем.
        [few] { $count } файла в архиве защищены паролем.
       *[many] { $count } файлов в архиве защищены паролем.
    }
    .help = Упакуйте приложение ещё раз без пароля: с паролем его не откроют ни платформа, ни жюри.
entry-damaged = Этот файл в архиве повреждён{ $detail ->
        [none] .
       *[other] {" "}({ $detail }).
    }
    .help = Упакуйте приложение ещё раз из исходных файлов.
entry-method = Этот файл упакован способом, с которым не справятся ни браузеры, ни Windows.
    .help = Упакуйте приложение ещё раз в обычный ZIP (в 7-Zip: формат архива zip, метод сжатия Deflate).
names-with-backslashes = { $count ->
        [one] В архиве { $count } имя с обратной косой чертой (\) там, где нужна обычная (/). На телефонах и серверах папки таких файлов пропадут.
        [few] В архиве { $count } имени с обратной косой чертой (\) там, где нужна обычная (/). На телефонах и серверах папки таких файлов пропадут.
       *[many] В архиве { $count } имён с обратной косой чертой (\) там, где нужна обычная (/). На телефонах и серверах папки таких файлов пропадут.
    }
    .help = Упакуйте приложение ещё раз в Проводнике Windows или в 7-Zip.
entry-link = Это не файл, а ссылка на другой файл.
    .help = Положите на её место сам файл.
no-page = В архиве нет ни одной страницы HTML.
    .help = Экспортируйте работу в HTML5 (в iSpring: «Публикация → HTML5») и упакуйте то, что получилось.
unexpected-content = { $count ->
        [one] { $count } файл с расширением .{ $extension } не относится ни к HTML5, CSS и JS, ни к мультимедиа.
        [few] { $count } файла с расширением .{ $extension } не относятся ни к HTML5, CSS и JS, ни к мультимедиа.
       *[many] { $count } файлов с расширением .{ $extension } не относятся ни к HTML5, CSS и JS, ни к мультимедиа.
    }
    .help = Уберите то, что не нужно для работы приложения: исходники, черновики, резервные копии.

### Findings: the start page

index-misnamed = Главная страница называется { $found }, а должна называться точно { $name }, строчными буквами.
    .help = Переименуйте её в { $name }, исправьте ссылки на неё и упакуйте всё заново. Серверы различают большие и маленькие буквы.
index-in-folder = { $name } лежит не на верхнем уровне архива, а в папке «{ $folder }».
    .help = Откройте эту папку, выделите всё её содержимое (Ctrl+A) и упакуйте его. Если упаковать саму папку снаружи, всё окажется на уровень глубже.
index-missing = На верхнем уровне архива нет файла { $name }.
    .help = Дайте странице, с которой начинается приложение, имя { $name } и положите её на верхний уровень, не в папку. Затем упакуйте всё заново.
index-empty = Файл { $name } пустой.
    .help = Экспортируйте приложение ещё раз: на его главной странице ничего нет.
index-no-page = { $name } — не страница: на самом деле это { $found }.
    .help = Экспортируйте приложение в HTML5 ещё раз. От переименования файл страницей не становится.
reference-missing = Страница загружает «{ $url }», но в архиве этого файла нет.
    .help = Добавьте файл или исправьте его имя на странице. Без него часть приложения может пропасть.
reference-case = Страница загружает «{ $url }», а файл называется «{ $actual }». Серверы различают большие и маленькие буквы.
    .help = Сделайте так, чтобы имена совпадали до буквы.

### Findings: dangerous files

executable-inside = Этот файл — программа: { $found }.
    .help = Уберите его из приложения. Если он нужен для урока, напишите словами, где ученики могут его взять.
macros-inside = В этом офисном файле есть макросы: { $found }.
    .help = Сохраните его без макросов (.docx, .xlsx, .pptx) или как PDF.
forbidden-extension = Файлы с расширением .{ $extension } запрещены (в документе напечатано «{ $printed }»).
    .help = Уберите файл. Старый офисный файл (.doc, .xls, .ppt) можно сохранить как PDF.
dangerous-extension = Файлы с расширением .{ $extension } могут запускаться на компьютере как программы. Документ их не называет, но платформы часто их не принимают.
    .help = Уберите файл, если приложению он не нужен.
forbidden-extension-inside = В имени файла спрятано запрещённое расширение: .{ $extension } (в документе напечатано «{ $printed }»).
    .help = Переименуйте файл, чтобы у него осталось одно расширение — настоящее.
link-to-forbidden = Ссылка ведёт к файлу с расширением .{ $extension }: { $url }
    .help = Уберите ссылку или предложите файл в другом виде, например в PDF.
text-like-forbidden = Текст в скрипте похож на имя файла с расширением .{ $extension }: «{ $url }». Если это ссылка, она запрещена.
    .help = Если скрипт открывает или скачивает этот файл, уберите это из скрипта. Если это просто слово, делать ничего не нужно.
harmful-host = Приложение использует { $name } ({ $host }): этот сервис ради своей выгоды нагружает компьютеры учеников.
    .help = Уберите этот скрипт. Если вы его не добавляли, то программе или сайту, где сделано приложение, доверять нельзя.

### Findings: what the app does with the outside world

api-not-used = Ни один файл приложения не обращается к API платформы ({ $hosts }).
    .help = Подключите приложение к платформе так, как сказано в её документации.
outside-loaded = { $count ->
        [one] Приложение что-то загружает с сайта { $host } или отправляет туда ({ $count } место).
        [few] Приложение что-то загружает с сайта { $host } или отправляет туда ({ $count } места).
       *[many] Приложение что-то загружает с сайта { $host } или отправляет туда ({ $count } мест).
    }
    .help = Положите нужный файл в само приложение, чтобы урок шёл и без интернета. Оставьте только то, без чего нельзя обойтись.
outside-named = { $count ->
        [one] В скриптах упоминается { $host } ({ $count } место). Обращаются ли они туда на деле, покажет только запуск приложения.
        [few] В скриптах упоминается { $host } ({ $count } места). Обращаются ли они туда на деле, покажет только запуск приложения.
       *[many] В скриптах упоминается { $host } ({ $count } мест). Обращаются ли они туда на деле, покажет только запуск приложения.
    }
    .help = Если приложению нужен этот адрес, будьте готовы объяснить зачем. Если не нужен, уберите его.
tracker = Приложение передаёт данные службе { $name } ({ $host }), которая собирает статистику о пользователях.
    .help = Удалите код счётчика. В конструкторе сайтов или программе экспорта отключите аналитику до экспорта.
form-sends-personal = Форма спрашивает персональные данные («{ $field }») и отправляет их на { $host }.
    .help = Уберите это поле или всю форму. Собирать персональные данные приложению нельзя.
form-asks-personal = Форма спрашивает то, что похоже на персональные данные («{ $field }»).
    .help = Уберите поле, если урок обойдётся без него. Что происходит с ответом, посмотрит человек.
interface-personal = Скрипт использует { $name } — через этот интерфейс браузер сообщает сведения о пользователе.
    .help = Будьте готовы объяснить, зачем это нужно, или уберите.

### Findings: the program itself

tool-link = Это ссылка на другое место. По ссылкам программа не переходит.
    .help = Сдайте сам файл.
tool-unreadable = Файл не удалось прочитать.
    .help = Проверьте, на месте ли файл, не открыт ли он в другой программе и есть ли у вас право его читать. Затем запустите проверку ещё раз.
tool-panicked = На этом файле программа дала сбой. В нём ничего не проверено. На другие файлы это не влияет.
    .help = Отправьте файл и это сообщение разработчикам программы.
tool-over-time = Время на эту работу вышло раньше, чем её удалось просмотреть целиком.
    .help = Проверьте её отдельно, увеличив --time-limit.
waiver-expired = Исключение для { $id } закончилось { $date } и больше не действует.
    .help = Удалите его из профиля или укажите новую дату.
waiver-unused = Исключение для { $id } не понадобилось ни одной работе.
    .help = Удалите его из профиля.

### Why a requirement was not checked

unchecked-kind-unspecified = документ не говорит, каким файлом сдавать материал такого вида ({ $kind }); решает человек
unchecked-damage = { $damage }{ $detail ->
        [none] {""}
       *[other] {" "}({ $detail })
    }
unchecked-duration = это { $found }; длительность такого файла нельзя надёжно измерить
unchecked-needs-browser = нужен настоящий браузер, а эта версия браузером не управляет; распакуйте приложение, запустите в его папке `python3 -m http.server` и откройте http://localhost:8000/ в Chrome, Firefox и Safari, включив консоль (F12)
unchecked-needs-scanner = нужен антивирусный сканер; запустите `clamscan --recursive FILE`
unchecked-not-opened = это { $found }; внутрь программа не заглядывала
unchecked-entries = { $count ->
        [one] не просмотрен { $count } файл: { $first } ({ $why })
        [few] не просмотрены { $count } файла, первый из них: { $first } ({ $why })
       *[many] не просмотрено { $count } файлов, первый из них: { $first } ({ $why })
    }
unchecked-archive = архив прочитан не до конца: { $why }
unchecked-not-packed = приложение сдано распакованной папкой; упакуйте его и проверьте архив
unchecked-harmful = ничего заведомо вредного не найдено, но одно чтение файлов не доказывает, что вреда нет; запустите приложение в браузере и проверьте его антивирусом
unchecked-api-unnamed = документ такого API не называет; укажите адреса его серверов в профиле (параметр `hosts`)
unchecked-outside = { $count ->
        [one] { $count } внешний сайт: { $hosts }; зачем это приложению, должен оценить человек
        [few] { $count } внешних сайта: { $hosts }; зачем они приложению, должен оценить человек
       *[many] { $count } внешних сайтов: { $hosts }; зачем они приложению, должен оценить человек
    }
unchecked-assembled = адрес складывается во время работы приложения ({ $file }:{ $line }); куда он ведёт, покажет только браузер
unchecked-personal = приложение может узнать что-то о пользователе; что с этим происходит дальше, должен оценить человек
unchecked-unread = работу не удалось просмотреть: { $why }

### Problems in a profile

profile-syntax = ошибка в записи TOML: { $detail }
profile-wrong-type = у ключа «{ $key }» значение не того типа; нужно: { $wanted }
profile-missing-key = не хватает ключа «{ $key }»
profile-unknown-key = неизвестный ключ «{ $word }»{ $nearest ->
        [none] ; известны: { $known }
       *[other] ; может быть, «{ $nearest }»?
    }
profile-unknown-value = неизвестное значение «{ $word }»{ $nearest ->
        [none] ; известны: { $known }
       *[other] ; может быть, «{ $nearest }»?
    }
profile-unknown = профиля «{ $word }» нет{ $nearest ->
        [none] ; известны: { $known }
       *[other] ; может быть, «{ $nearest }»?
    }
profile-unknown-requirement = требования «{ $word }» нет{ $nearest ->
        [none] ; известны: { $known }
       *[other] ; может быть, «{ $nearest }»?
    }
profile-unknown-check = проверки «{ $word }» нет{ $nearest ->
        [none] ; известны: { $known }
       *[other] ; может быть, «{ $nearest }»?
    }
profile-unknown-setting = у этой проверки нет параметра «{ $word }»{ $nearest ->
        [none] ; известны: { $known }
       *[other] ; может быть, «{ $nearest }»?
    }
profile-unknown-list = списка «{ $word }» нет{ $nearest ->
        [none] ; известны: { $known }
       *[other] ; может быть, «{ $nearest }»?
    }
profile-bad-setting = параметры проверки «{ $check }» не подходят: { $detail }
profile-duplicate = требование «{ $id }» стоит здесь второй раз; первый раз — в строке { $first }

### Damage, as a clause

damage-empty = содержимого нет
damage-truncated = данные обрываются раньше, чем кончается содержимое
damage-unterminated = нет метки, которой файл заканчивается
damage-missing-part = не хватает части, без которой содержимое нельзя воспроизвести или показать
damage-undecodable = содержимое не удаётся раскодировать
damage-bad-checksum = контрольная сумма не сходится с данными
damage-trailing-data = после конца идут лишние байты
damage-contradiction = указанные внутри размеры или числа противоречат друг другу
damage-malformed = нарушены правила формата
damage-unsupported = данные записаны способом, который эта программа не умеет читать
damage-over-limit = данных больше, чем эта программа просматривает
damage-over-time = время вышло раньше, чем всё было прочитано
damage-read-error = система не смогла выдать данные

### Why something was not looked at, as a clause

unread-encrypted = нужен пароль
unread-method = способ упаковки, который эта программа не умеет открывать
unread-limit = больше, чем эта программа просматривает
unread-time = время вышло
unread-damaged = повреждение
unread-link = это ссылка, а по ссылкам программа не переходит
unread-refused = система не дала прочитать данные
unread-panic = программа на нём дала сбой

### Kinds

kind-image = изображение
kind-audio = аудиозапись
kind-video = видео
kind-app = приложение HTML5
kind-text = текст
kind-test = тест
kind-lesson-scenario = сценарий урока
kind-e-textbook = электронное учебное пособие
kind-other = другое

### Formats, as they stand after "This is"

format-jpeg = изображение JPEG
format-png = изображение PNG
format-gif = изображение GIF
format-svg = рисунок SVG
format-webp = изображение WebP
format-bmp = изображение BMP
format-tiff = изображение TIFF
format-heic = фотография HEIC (iPhone)
format-avif = изображение AVIF
format-ico = значок (ICO)
format-psd = файл Photoshop (PSD)
format-mp3 = аудиозапись MP3
format-wav = аудиозапись WAV
format-m4a = аудиозапись M4A
format-aac = аудиозапись AAC
format-ogg = аудиозапись OGG
format-flac = аудиозапись FLAC
format-wma = аудиозапись Windows Media (WMA)
format-amr = аудиозапись AMR (с диктофона)
format-aiff = аудиозапись AIFF
format-midi = файл MIDI
format-mp4 = видео MP4
format-mov = видео QuickTime (MOV)
format-3gp = видео 3GP (со старого телефона)
format-avi = видео AVI
format-wmv = видео Windows Media (WMV)
format-mkv = видео Matroska (MKV)
format-webm = видео WebM
format-ogv = видео OGG
format-flv = видео Flash (FLV)
format-mpeg = видео MPEG
format-mpeg-ts = видео с видеокамеры (MPEG-TS)
format-zip = ZIP-архив
format-folder = папка
format-html = страница HTML
format-css = таблица стилей CSS
format-javascript = файл JavaScript
format-rar = RAR-архив
format-7z = архив 7-Zip
format-tar = TAR-архив
format-gzip = GZIP-архив
format-swf = приложение Flash (SWF)
format-text = простой текст
format-doc = старый документ Word (DOC)
format-docx = документ Word (DOCX)
format-odt = текст OpenDocument (ODT)
format-rtf = документ RTF
format-pdf = документ PDF
format-epub = книга EPUB
format-docm = документ Word с макросами
format-ppt = старая презентация PowerPoint (PPT)
format-pptx = презентация PowerPoint (PPTX)
format-pptm = презентация PowerPoint с макросами
format-odp = презентация OpenDocument (ODP)
format-xls = старая таблица Excel (XLS)
format-xlsx = таблица Excel (XLSX)
format-xlsm = таблица Excel с макросами
format-ods = таблица OpenDocument (ODS)
format-ole = старый офисный файл
format-exe = программа для Windows (EXE)
format-elf = программа для Linux
format-mach-o = программа для macOS
format-msi = установщик Windows (MSI)
format-java-class = программа на Java
format-jar = программа на Java (JAR)
format-apk = приложение для Android (APK)
format-dex = программа для Android
format-shortcut = ярлык Windows
format-script = скрипт, который выполняет система
format-wasm = модуль WebAssembly
format-font = шрифт
format-json = файл JSON
format-xml = файл XML
format-sqlite = база данных
format-empty = пустой файл
format-unknown = файл неизвестного формата

### What to do with a file of a format that is not wanted

advice-webp = Откройте изображение в Paint и сохраните как PNG или JPEG.
advice-bmp = Откройте изображение в Paint и сохраните как PNG или JPEG.
advice-tiff = Откройте изображение в Paint и сохраните как PNG или JPEG.
advice-heic = Прежде чем снимать, откройте на iPhone «Настройки → Камера → Форматы» и выберите наиболее совместимый вариант. Уже снятое фото откройте на компьютере и сохраните как JPEG.
advice-avif = Откройте изображение в Paint и сохраните как PNG или JPEG.
advice-ico = Откройте изображение в Paint и сохраните как PNG.
advice-psd = В Photoshop выберите «Файл → Экспортировать → Экспортировать как» и формат PNG или JPEG.
advice-m4a = Переведите запись в MP3, например в VLC: «Медиа → Конвертировать/Сохранить», профиль «Audio - MP3».
advice-aac = Переведите запись в MP3, например в VLC: «Медиа → Конвертировать/Сохранить», профиль «Audio - MP3».
advice-ogg = Переведите запись в MP3, например в VLC: «Медиа → Конвертировать/Сохранить», профиль «Audio - MP3».
advice-flac = Переведите запись в MP3, например в VLC: «Медиа → Конвертировать/Сохранить», профиль «Audio - MP3».
advice-wma = Переведите запись в MP3, например в VLC: «Медиа → Конвертировать/Сохранить», профиль «Audio - MP3».
advice-amr = Переведите запись в MP3, например в VLC: «Медиа → Конвертировать/Сохранить», профиль «Audio - MP3».
advice-aiff = Переведите запись в MP3, например в VLC: «Медиа → Конвертировать/Сохранить», профиль «Audio - MP3».
advice-midi = Откройте файл в музыкальной программе и экспортируйте звук в MP3.
advice-3gp = Переведите видео в MP4, например в HandBrake с пресетом «Fast 720p30».
advice-avi = Переведите видео в MP4, например в HandBrake с пресетом «Fast 720p30».
advice-wmv = Переведите видео в MP4, например в HandBrake с пресетом «Fast 720p30». Из PowerPoint экспортируйте сразу в MP4: «Файл → Экспорт → Создать видео → MPEG-4».
advice-mkv = Переведите видео в MP4, например в HandBrake с пресетом «Fast 720p30». В OBS выберите mp4 в «Настройки → Вывод → Формат записи» или откройте «Файл → Ремультиплексирование записей».
advice-webm = Переведите видео в MP4, например в HandBrake с пресетом «Fast 720p30».
advice-ogv = Переведите видео в MP4, например в HandBrake с пресетом «Fast 720p30».
advice-flv = Переведите видео в MP4, например в HandBrake с пресетом «Fast 720p30».
advice-mpeg = Переведите видео в MP4, например в HandBrake с пресетом «Fast 720p30».
advice-mpeg-ts = Переведите видео в MP4, например в HandBrake с пресетом «Fast 720p30».
advice-rar = Распакуйте архив и упакуйте файлы заново в ZIP: выделите всё содержимое папки (Ctrl+A), нажмите правую кнопку мыши → «Отправить → Сжатая ZIP-папка» (в Windows 11 — «Сжать в ZIP-файл»).
advice-7z = Распакуйте архив и упакуйте файлы заново в ZIP: в 7-Zip выберите «Добавить к архиву» и формат архива zip.
advice-tar = Распакуйте архив и упакуйте файлы заново в ZIP.
advice-gzip = Распакуйте архив и упакуйте файлы заново в ZIP.
advice-swf = Flash в браузерах больше не работает. Экспортируйте работу в HTML5 и упакуйте в ZIP.
advice-html = Положите index.html и все нужные ему файлы в одну папку, выделите всё её содержимое и упакуйте в ZIP.
advice-css = Упакуйте всё приложение вместе с его index.html в один ZIP-архив.
advice-javascript = Упакуйте всё приложение вместе с его index.html в один ZIP-архив.
advice-text = Текст вводят в редакторе платформы. Если файл — только пояснение к работе, не сдавайте его.
advice-doc = Текст вводят в редакторе платформы. Если документ нужно показать как есть, спросите у организатора, в каком виде его сдать.
advice-docx = Текст вводят в редакторе платформы. Если документ нужно показать как есть, спросите у организатора, в каком виде его сдать.
advice-odt = Текст вводят в редакторе платформы. Если документ нужно показать как есть, спросите у организатора, в каком виде его сдать.
advice-rtf = Текст вводят в редакторе платформы. Если документ нужно показать как есть, спросите у организатора, в каком виде его сдать.
advice-pdf = Текст или учебное пособие создают в редакторе платформы. Если отдельные страницы нужны как изображения, сохраните их как PNG.
advice-epub = Электронное учебное пособие создают в редакторе платформы; уточните у организатора.
advice-ppt = Экспортируйте презентацию как видео (PowerPoint: «Файл → Экспорт → Создать видео», MP4) или как приложение HTML5 (iSpring: «Публикация → HTML5»), упакованное в ZIP.
advice-pptx = Экспортируйте презентацию как видео (PowerPoint: «Файл → Экспорт → Создать видео», MP4) или как приложение HTML5 (iSpring: «Публикация → HTML5»), упакованное в ZIP.
advice-pptm = Экспортируйте презентацию как видео (PowerPoint: «Файл → Экспорт → Создать видео», MP4) или как приложение HTML5 (iSpring: «Публикация → HTML5»), упакованное в ZIP.
advice-odp = Экспортируйте презентацию как видео (MP4) или сохраните её слайды как изображения PNG.
advice-exe = Программы не принимаются. Экспортируйте работу в HTML5 и упакуйте в ZIP.
advice-msi = Программы не принимаются. Экспортируйте работу в HTML5 и упакуйте в ZIP.
advice-apk = Приложения для телефона не принимаются. Экспортируйте работу в HTML5 и упакуйте в ZIP.
advice-jar = Программы не принимаются. Экспортируйте работу в HTML5 и упакуйте в ZIP.
advice-other = Сдайте изображение (JPEG, PNG, SVG, GIF), аудиозапись (MP3, WAV), видео (MP4, MOV) или приложение HTML5 (ZIP).

### Verdicts, outcomes, levels, modalities

verdict-compliant = соответствует
verdict-incomplete = проверено не полностью
verdict-non-compliant = не соответствует
outcome-passed = выполнено
outcome-failed = не выполнено
outcome-not-applicable = не относится
outcome-not-checked = не проверено
outcome-manual = решает человек
level-error = ОШИБКА
level-warning = предупреждение
level-note = примечание
modality-must = обязательно
modality-should = рекомендуется
modality-may = допускается
modality-info = для сведения

### Checks, what each looks at

check-archive-content = Какие файлы лежат в архиве приложения: страницы, стили, скрипты и мультимедиа или что-то ещё?
check-executables = Нет ли среди файлов приложения программ? Смотрится содержимое, а не имя.
check-forbidden-extensions = Нет ли у файлов приложения расширений, которые запрещает документ?
check-forbidden-links = Не ведёт ли страница или скрипт приложения к файлу с запрещённым расширением?
check-format-allowed = Допустим ли формат файла — и по содержимому, и по имени — и цел ли файл?
check-harmful-code = Нет ли в приложении кода, о вреде которого известно? Найти его можно, доказать, что его нет, — нельзя.
check-index-launches = Всё ли, что загружает главная страница, на месте? Запускается ли приложение, покажет браузер.
check-kind-accepted = Относится ли сданное к видам материалов, которые принимают файлами?
check-max-duration = Сколько длится запись? Длительность измеряется, заявленной программа не верит.
check-max-size = Какого размера файл?
check-needs-engine = Требование, для которого нужна другая программа: браузер или антивирусный сканер. Само по себе оно никогда не считается выполненным.
check-outside-resources = С каких внешних сайтов файлы приложения загружают, куда отправляют и какие сайты упоминают?
check-personal-data = Нет ли в приложении форм или интерфейсов, через которые узнают что-то о человеке?
check-platform-api = Обращается ли приложение к API платформы, если его адреса указаны в профиле?
check-root-index = Лежит ли главная страница на верхнем уровне архива и точно ли так она называется?
check-trackers = Не передаёт ли приложение данные службе, которая собирает статистику?
check-zip-archive = Упаковано ли приложение в ZIP-архив, который сможет открыть каждый?

### Units

unit-byte = Б
unit-kib = КиБ
unit-mib = МиБ
unit-gib = ГиБ

### The report on the terminal

report-requirement = Требование:
report-help = Что делать:
report-waived = исключение
report-not-checked = Не проверено:
report-reasons = Почему проверено не всё
place-line = строка { $line }
report-profile-findings = О профиле:
report-manual = { $count ->
        [one] ещё { $count } критерий должен оценить человек: tekser requirements
        [few] ещё { $count } критерия должен оценить человек: tekser requirements
       *[many] ещё { $count } критериев должен оценить человек: tekser requirements
    }
summary-title = Итог
summary-submissions = { $count ->
        [one] { $count } работа
        [few] { $count } работы
       *[many] { $count } работ
    }
summary-compliant = соответствуют: { $count }
summary-non-compliant = не соответствуют: { $count }
summary-incomplete = проверены не полностью: { $count }
summary-skipped = { $count ->
        [one] пропущен { $count } системный файл (например, Thumbs.db)
        [few] пропущены { $count } системных файла (например, Thumbs.db)
       *[many] пропущено { $count } системных файлов (например, Thumbs.db)
    }
summary-findings = ошибок: { $errors }, предупреждений: { $warnings }, примечаний: { $notes }

### explain and the lists

explain-clause = Пункт:
explain-quote = Словами источника:
explain-derived = выведено из этого пункта; отдельно в источнике не записано
explain-modality = Обязательность:
explain-applies-to = К чему относится:
explain-why = Почему:
explain-help = Что делать:
explain-note = Как это понимается:
explain-check = Проверка:
explain-settings = Параметры:
explain-no-check = Это решает человек; программа только перечисляет такие требования и сама выполненными их не считает.
explain-used-by = Где используется:

### doctor

doctor-title = Что программа может использовать на этом компьютере
doctor-built-in = встроено
doctor-missing = не найдено
doctor-not-used = найдено, но этой версией не используется
doctor-media = Изображения, звук, видео, архивы и страницы
doctor-browser = Браузер — для требований, ради которых приложение нужно запускать
doctor-scanner = Антивирусный сканер (clamscan)
doctor-convert = Конвертер (ffmpeg) — чтобы получать файлы допустимых форматов
doctor-install = Установка: { $command }

### Troubles of a run

error-nothing = Здесь нечего проверять: { $paths }
error-argument = { $path }: { $error }
error-profile = В профиле есть ошибки:
error-profile-read = Не удалось прочитать профиль { $path }: { $error }
error-unknown-id = Нет ни требования, ни проверки «{ $word }»{ $nearest ->
        [none] .
       *[other] ; может быть, «{ $nearest }»?
    }
error-unknown-format = Нет формата отчёта «{ $word }»; известны: { $known }
error-output = Не удалось записать { $path }: { $error }
error-threads = Не удалось запустить потоки: { $error }
progress = Проверка
error-unknown-kind = Нет вида материала «{ $word }»; известны: { $known }
error-output-form = Параметр --output задают в виде ФОРМАТ=ПУТЬ, например json=report.json; указано: { $word }

### Help on the command line; behind `help-` stands the name of a command or of an argument

help-about = Проверяет электронные учебные материалы на соответствие документам
help-lang = Язык всех сообщений: kk, ru или en. Без него – язык системы, иначе русский
help-help = Показать эту справку
help-version = Показать версию
help-check = Проверить файлы, папки и архивы; код завершения 1, если что-то не соответствует
help-explain = Объяснить требование или проверку: пункт, зачем, что делать
help-profiles = Показать встроенные профили
help-requirements = Показать требования профиля и критерии, которые оценивает человек
help-checks = Показать проверки
help-inspect = Показать, что можно измерить в файлах, без оценки
help-schema = Вывести схему JSON Schema
help-doctor = Показать, что есть на этом компьютере для проверок с помощью других программ
help-paths = Файлы, папки и архивы
help-profile = Встроенный профиль или файл TOML
help-kind = Считать каждый файл материалом этого вида: image, audio, video, app, text, test, lesson-scenario, e-textbook
help-jobs = Число потоков; 0 – по одному на ядро
help-no_digests = Не вычислять SHA-256: только ради него файлы читаются целиком
help-time_limit = Сколько секунд можно тратить на одну работу
help-format = Вид отчёта на экране: text или json
help-output = Записать отчёт ещё и в файл; можно указать несколько раз
help-require_complete = Код завершения 1 и тогда, когда работа проверена не полностью
help-id = Идентификатор требования или проверки
help-what = Что описать: report или profile
help-usage = Как вызывать
help-commands = Команды
help-arguments = Аргументы
help-options = Параметры
