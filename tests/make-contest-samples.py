#!/usr/bin/env python3
"""Makes samples/contests/ anew: for each contest, what made-up participants could have handed in, and the organizer's table.

    python3 tests/make-contest-samples.py

Needs ffmpeg (with libx264) on the PATH, and the samples of tests/make-samples.py. Persons and works are made up; the
schools are those that the rules of the contest name.
"""

import datetime
import shutil
import subprocess
import zipfile
from pathlib import Path
from xml.sax.saxutils import escape

SAMPLES = Path(__file__).resolve().parent.parent / "samples"
CONTESTS = SAMPLES / "contests"
DATE = (2026, 1, 1, 0, 0, 0)
BITEXACT = ["-map_metadata", "-1", "-fflags", "+bitexact", "-flags:v", "+bitexact", "-flags:a", "+bitexact", "-threads", "1"]

KAZAKH = ["Мектеп, облыс, аудан, қала", "Номинация", "Конкурс материалдарын жасаушы автор", "Пән",
          "Бейнематериалдың қысқаша сипаттамасы"]
RUSSIAN = ["Школа, область, район, город", "Номинация", "Автор разработки материалов конкурса", "Предмет",
           "Краткое описание видеоматериала"]


def document(target, blocks):
    """A DOCX of paragraphs (texts) and tables (lists of rows)."""
    text = lambda words: f'<w:p><w:r><w:t xml:space="preserve">{escape(words)}</w:t></w:r></w:p>'
    cell = lambda words: f"<w:tc>{text(words)}</w:tc>"
    body = ""
    for block in blocks:
        rows = lambda: "".join("<w:tr>" + "".join(map(cell, row)) + "</w:tr>" for row in block)
        body += text(block) if isinstance(block, str) else f"<w:tbl>{rows()}</w:tbl>"
    word = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    package = "http://schemas.openxmlformats.org/package/2006"
    files = {
        "[Content_Types].xml": f'<Types xmlns="{package}/content-types"><Default Extension="rels" ContentType='
        '"application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/word/document.xml" ContentType='
        '"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{package}/relationships"><Relationship Id="r1" Type='
        '"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/>'
        "</Relationships>",
        "word/document.xml": f'<w:document xmlns:w="{word}"><w:body>{body}</w:body></w:document>',
    }
    archive(target, files)


def archive(target, files):
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as zf:
        for name, data in files.items():
            info = zipfile.ZipInfo(name, DATE)
            info.compress_type = zipfile.ZIP_DEFLATED
            zf.writestr(info, data)


def film(target, seconds, rate, pitch=1.0):
    """A picture that does not move, and a sentence that is spoken again and again, in a voice of its own."""
    subprocess.run(
        ["ffmpeg", "-v", "error", "-y", "-f", "lavfi", "-i", f"color=c=0xcfe0f4:s=64x48:r={rate}", "-stream_loop", "-1",
         "-i", SAMPLES / "good" / "speech.wav", "-t", str(seconds), "-af", f"asetrate=16000*{pitch},aresample=16000", "-c:v", "libx264", "-tune", "stillimage", "-g", "300",
         "-pix_fmt", "yuv420p", "-c:a", "aac", "-b:a", "16k", "-ar", "16000", "-movflags", "+faststart", *BITEXACT, target],
        check=True, stdin=subprocess.DEVNULL)


def lines(labels, answers):
    return [f"{label} {answer}" for label, answer in zip(labels, answers)]


def table(labels, answers):
    return [[label, answer] for label, answer in zip(labels, answers)]


def opiq():
    batch = CONTESTS / "opiq-2019"
    shutil.rmtree(batch, ignore_errors=True)
    spoken, long = batch / "spoken.mp4", batch / "long.mp4"
    batch.mkdir(parents=True)
    film(spoken, 12, 5)
    subprocess.run(["ffmpeg", "-v", "error", "-y", "-loop", "1", "-framerate", "1", "-i", SAMPLES / "good" / "diagram.png",
                    "-t", "901", "-vf", "scale=64:48", "-c:v", "libx264", "-tune", "stillimage", "-g", "300", "-pix_fmt",
                    "yuv420p", "-movflags", "+faststart", *BITEXACT, long], check=True, stdin=subprocess.DEVNULL)

    def folder(name, video=spoken):
        (batch / name).mkdir()
        if video == spoken:
            # Nobody hands in another's video but the one who is to be found.
            film(batch / name / "видео.mp4", 12, 5, 1.04 + int(name[:2]) * 0.04)
        elif video:
            shutil.copyfile(video, batch / name / "видео.mp4")
        return batch / name

    kk = ["№62 мектеп-лицей, Астана қаласы", "Үздік мұғалім", "Үлгісова Үлгі Үлгіқызы", "Математика",
          "Оқушылар платформада есеп шығарады."]
    ru = ["Школа-лицей №79, город Астана", "Лучший учитель", "Образцова Анна Примеровна", "Математика",
          "Ученики решают задачи на платформе."]
    document(folder("01 Үлгісова Ү") / "Өтініш.docx", ["Өтініш", *lines(KAZAKH, kk)])
    with_table = folder("work", None)
    document(with_table / "Заявка.docx", ["Заявка на участие в конкурсе", table(RUSSIAN, ru)])
    archive(batch / "02 Образцова А.zip", {"Заявка.docx": (with_table / "Заявка.docx").read_bytes(),
                                          "видео.mp4": spoken.read_bytes()})
    shutil.rmtree(with_table)
    (folder("03 Қатысушы без заявки") / "ескертпе.txt").write_text("Сәлеметсіздер ме! Бейнені жібердім.\n")
    document(folder("04 бос өтініш") / "Өтініш.docx", [
        "Өтініш", "Мектеп, облыс, аудан, қала ______________", "(толық жазылсын)", "______________", "Номинация ____________",
        "Конкурс материалдарын жасаушы автор____________", "(аты-жөні толық)", "____________", "____________ пәні",
        "Бейнематериалдың қысқаша сипаттамасы ____________"])
    document(folder("05 чужая номинация") / "Заявка.docx",
             ["Заявка", table(RUSSIAN, [ru[0], "Лучший дворник", *ru[2:]])])
    document(folder("06 описка") / "Заявка.docx", ["Заявка", *lines(RUSSIAN, [ru[0], "Лучший учитиль", *ru[2:]])])
    document(folder("07 ұзақ бейне", long) / "Өтініш.docx", ["Өтініш", *lines(KAZAKH, kk)])
    shutil.copyfile(SAMPLES / "good" / "diagram.png", folder("08 снимок заявки") / "Заявка.png")
    twice = folder("09 две заявки")
    document(twice / "Заявка.docx", ["Заявка", table(RUSSIAN, ru)])
    document(twice / "Заявка новая.docx", ["Заявка", table(RUSSIAN, ru)])
    document(folder("10 сілтеме", None) / "Өтініш.docx",
             ["Өтініш", *lines(KAZAKH, kk), "Бейне: https://drive.google.com/file/d/0example0/view"])
    apart = folder("11 описание отдельно")
    document(apart / "Заявка.docx", ["Заявка", table(RUSSIAN, [*ru[:4], ""])])
    (apart / "Краткое описание.txt").write_text("Урок математики в третьем классе на платформе.\n")
    (folder("12 инициалы") / "Заявка.txt").write_text(
        "\n".join(["Заявка", *lines(RUSSIAN, [ru[0], ru[1], "Образцова А.П.", *ru[3:]])]) + "\n")
    # The same video with other settings of the program, under another name.
    again = folder("13 көшірме", None)
    subprocess.run(["ffmpeg", "-v", "error", "-y", "-i", spoken, "-vf", "scale=80:60", "-c:v", "libx264", "-tune", "stillimage",
                    "-g", "300", "-pix_fmt", "yuv420p", "-c:a", "aac", "-b:a", "24k", "-ar", "16000", "-movflags", "+faststart",
                    *BITEXACT, again / "менің видеом.mp4"], check=True, stdin=subprocess.DEVNULL)
    document(again / "Өтініш.docx", ["Өтініш", *lines(KAZAKH, ["№93 орта мектеп, Алматы қаласы", kk[1],
             "Көшірмеев Көшір", kk[3], "Оқушылар есеп шығарады."])])
    document(folder("14 кеш келген") / "Өтініш.docx", ["Өтініш", *lines(KAZAKH, kk)])
    spoken.unlink()
    long.unlink()
    head = ["Файл", "Келген уақыты", "Қайда жіберілді", "Электрондық пошта", "Аты-жөні", "Номинация", "Пән", "Сынып", "Оқыту тілі",
            "Қатысушы санаты", "Лауазымы", "Тапсыру тәсілі", "Сілтеме"]
    both = "konkurs@almatykitap.kz; alkitap@intelsoft.kz"
    day = lambda number, hour=10: datetime.datetime(2019, 2, number, hour, 15)
    teacher = lambda name, when, to=both, grade="3", tongue="қазақша", subject="Математика": [
        name, when, to, "mugalim@example.kz", "", "Үздік мұғалім", subject, grade, tongue, "пән мұғалімі", "мұғалім", "", ""]
    rows = [
        teacher("01 Үлгісова Ү", day(11)),
        teacher("02 Образцова А.zip", day(12), tongue="орысша"),
        teacher("03 Қатысушы без заявки", day(12), to="konkurs@almatykitap.kz"),
        teacher("04 бос өтініш", day(13)),
        teacher("05 чужая номинация", "20.02.2019 23:59", to="konkurs@example.kz"),
        ["06 описка", "2019/02/15 9:14:15 AM GMT+6", both, "обрaзцова@example.kz", "", "Үздік менеджер", "", "", "",
         "родитель", "бухгалтер", "флешка", ""],
        teacher("07 ұзақ бейне", day(15), grade="7"),
        teacher("08 снимок заявки", "вовремя", subject="Сурет салу"),
        teacher("09 две заявки", "02/03/2019"),
        [*teacher("10 сілтеме", day(19))[:11], "Google Drive", "https://drive.google.com/file/d/0example0/view?usp=sharing"],
        teacher("11 описание отдельно", day(19), grade="4"),
        teacher("12 инициалы", day(20, 23)),
        teacher("13 көшірме", day(20)),
        teacher("14 кеш келген", day(22)),
        teacher("15 файлы жоқ", day(18)),
        [*teacher("", day(19))[:4], "Дискіұлы Диск", *teacher("", 0)[5:11], "CD-диск", ""],
        [*teacher("", day(18))[:4], "Сілтемеев Сілтем Сілтемұлы", *teacher("", 0)[5:11], "Google Drive",
         "https://drive.google.com/drive/my-drive"],
    ]
    workbook(batch / "registry.xlsx", [["Конкурсқа келген жұмыстар"], [], head, *rows])


SOR = ["Бөлім бойынша жиынтық бағалау: {topic}", "Пән: {subject}. Сынып: {grade}.",
       "1-тапсырма. {first} [2 балл]", "2-тапсырма. {second} [3 балл]", "3-тапсырма. {third} [3 балл]",
       "Бағалау критерийі: оқушы тақырып бойынша есеп шығарады. Дескриптор: амалды дұрыс таңдайды, жауабын түсіндіреді."]
TASKS = [
    ("Алгебра", "7", "Дәреже", "Екінің он дәрежесін тап және жауабын тексер.", "Өрнекті ықшамда: дәрежелердің көбейтіндісі.",
     "Үйдің ауданын стандарт түрде жаз."),
    ("Геометрия", "8", "Төртбұрыштар", "Параллелограмның қабырғалары мен бұрыштарын тап.", "Трапецияның орта сызығын есепте.",
     "Ромбының ауданын диагональдары бойынша тап."),
    ("Физика", "9", "Механика", "Дененің жылдамдығын график бойынша анықта.", "Үдеуді есепте және формуласын түсіндір.",
     "Күш пен массаның байланысын тәжірибемен дәлелде."),
    ("Қазақ тілі", "5", "Зат есім", "Мәтіннен зат есімдерді теріп жаз.", "Зат есімді септе және жалғауын көрсет.",
     "Берілген сөздермен сөйлем құра."),
    ("Информатика", "6", "Алгоритм", "Алгоритмнің қасиеттерін сәйкестендір.", "Блок-схема бойынша нәтижені анықта.",
     "Екі санның үлкенін табатын алгоритм жаз."),
    ("Биология", "8", "Жасуша", "Жасушаның бөліктерін суреттен көрсет.", "Өсімдік пен жануар жасушасын салыстыр.",
     "Митохондрияның қызметін түсіндір."),
    ("География", "7", "Литосфера", "Жердің ішкі құрылысын сипатта.", "Картадан тау жүйелерін тап.", "Жанартаудың пайда болуын түсіндір."),
    ("Химия", "8", "Атом", "Элементтің протон санын анықта.", "Изотоптарды салыстыр.", "Атом құрылысының сызбасын сал."),
    ("Тарих", "6", "Сақтар", "Сақ тайпаларының мекенін картадан көрсет.", "Алтын адам олжасын сипатта.",
     "Сақтардың тұрмысы туралы мәтін жаз."),
    ("Математика", "5", "Бөлшек", "Жай бөлшектерді салыстыр және ретімен жаз.", "Бөлшектерді қосып, жауабын ықшамда.",
     "Мәтінді есепті шығар: бақшадағы ағаштар."),
    ("Ағылшын тілі", "7", "Hobbies", "Match the words and the pictures.", "Fill in the gaps with the right verb.",
     "Write five sentences about your hobby."),
    ("Дүниетану", "4", "Табиғат", "Жыл мезгілдерін ретімен жаз.", "Судың айналымын суретпен көрсет.", "Өлкеңдегі құстарды ата."),
]


def assessment(target, task, change=lambda text: text):
    subject, grade, topic, first, second, third = task
    fill = dict(subject=subject, grade=grade, topic=topic, first=first, second=second, third=third)
    document(target, [change(line.format(**fill)) for line in SOR])


def bjb():
    batch = CONTESTS / "bjb-2020"
    shutil.rmtree(batch, ignore_errors=True)
    batch.mkdir(parents=True)
    head = ["Файл", "Отметка времени", "ФИО участника", "Мектебі", "Лауазымы", "Облысы", "Жұмыстың атауы", "Пәні", "Сыныбы",
            "Жұмыстың сілтемесі", "Facebook жазбасының сілтемесі", "Платформада тіркелген", "Байқауға жіберілді",
            "Жариялау шарты қабылданды", "Жеке деректерді өңдеуге келісім", "Лайк", "Кестеге қосылды"]
    regions = ["Ақмола облысы", "Алматы қаласы", "Карагандинская область", "Шымкент"]
    rows = []
    for number, task in enumerate(TASKS, 1):
        name = f"{number:02} {task[0]} {task[1]}"
        (batch / name).mkdir()
        assessment(batch / name / "БЖБ.docx", task)
        rows.append([name, datetime.datetime(2020, 10, 2 + number, 9, 30), f"Үлгісова Үлгі {number}", f"№{number} орта мектеп",
                     "мұғалім", regions[number % 4], f"БЖБ: {task[2]}", task[0], task[1],
                     f"https://onlinemektep.org/sor/{1000 + number}", f"https://www.facebook.com/example/posts/{number}", "иә",
                     "Байқауға жіберілді", "да", "+", 10 * number, number])
    rows[1][1] = datetime.datetime(2020, 10, 24, 0, 5)      # a day late
    rows[2][3:5] = ["Үлгі университеті", "оқытушы"]
    rows[3][6] = "ТЖБ: Зат есім"                             # for a term
    rows[4][9] = "https://onlinemektep.org/"                 # the front page
    rows[5][10] = "https://www.instagram.com/p/example"
    rows[6][12] = ""                                         # not sent
    rows[7][13:15] = ["жоқ", "жоқ"]
    rows[8][1] = "10/11/2020"                                # the 10th of November or the 11th of October
    rows[9][7:9] = ["", ""]
    rows[10][11] = "келесі аптада"
    # Every tenth word another, another author.
    (batch / "13 көшірме").mkdir()
    assessment(batch / "13 көшірме" / "СОР.docx", TASKS[0], lambda text: text.replace("жауабын", "нәтижесін"))
    rows.append(["13 көшірме", datetime.datetime(2020, 10, 20, 18, 0), "Көшірмеева Көшірме", "№99 орта мектеп", *rows[0][4:9],
                 "https://onlinemektep.org/sor/2013", "https://www.facebook.com/example/posts/13", *rows[0][11:15], 7, 0])
    # Works that are on the platform alone; the second is the first, sent once more.
    for _ in range(2):
        rows.append(["", datetime.datetime(2020, 10, 21, 12, 0), "Сілтемеев Сілтем", "№98 орта мектеп", "мұғалім", "Алматы",
                     "БЖБ: Функция", "Алгебра", "9", "https://onlinemektep.org/sor/3001", "https://fb.com/example/posts/98",
                     "иә", "жіберілді", "иә", "иә", 55, 3])
    workbook(batch / "registry.xlsx", [head, *rows])


KIT = ["Веб-парақ.txt", "Жұмыс жоспары.docx", "Сызба.png", "Диаграмма.png", "Растаушы материалдар.docx"]


def netcom():
    batch = CONTESTS / "netcom-2017"
    shutil.rmtree(batch, ignore_errors=True)
    batch.mkdir(parents=True)
    picture = (SAMPLES / "good" / "diagram.png").read_bytes()

    def kit(name, number, left_out=(), form=True, kind="магнитті мектеп", confirm=True, mail="mektep@example.kz", packed=False):
        folder = batch / name
        folder.mkdir()
        for part in KIT:
            if part in left_out:
                continue
            if part.endswith(".png"):
                (folder / part).write_bytes(picture)
            elif part.endswith(".txt"):
                (folder / part).write_text(f"Қоғамдастықтың парағы: https://qogam{number}.example.kz/\n")
            else:
                document(folder / part, [part.split(".")[0], f"№{number} мектептің желілік қоғамдастығы: кездесу, талқылау, байқау.",
                                         f"Өткізілген іс-шаралар саны: {number + 3}."])
        if form:
            answers = [["Мектептің атауы", f"№{number} үлгі мектебі"], ["Мектептің түрі", kind], ["Электрондық пошта", mail]]
            close = ["Материалдардың өзіміз орындағанымызды растаймыз."] if confirm else []
            document(folder / "Өтінім.docx", ["Өтінім", answers, *close])
        if packed:
            archive(batch / f"{name}.zip", {file.name: file.read_bytes() for file in sorted(folder.iterdir())})
            shutil.rmtree(folder)

    kit("01 үлгі", 1)
    kit("02 образец", 2, kind="ведущая школа", packed=True)
    kit("03 өтінімсіз", 3, form=False)
    kit("04 жоспарсыз", 4, left_out=["Жұмыс жоспары.docx"])
    kit("05 диаграммасыз", 5, left_out=["Диаграмма.png"])
    kit("06 басқа мектеп", 6, kind="жеке меншік лицей")
    kit("07 растаусыз", 7, confirm=False)
    kit("08 пошта қате", 8, mail="мектеп@example.kz")
    kit("09 кеш өтінім", 9)
    kit("10 кеш материал", 10)
    kit("11 басқа мекенжай", 11)
    kit("12 парақсыз", 12, left_out=["Веб-парақ.txt"])
    kit("13 ілеспе парақ", 13)
    (batch / "13 ілеспе парақ" / "submission.toml").write_text(
        'received-at = 2017-04-20T11:00:00+06:00\napplied-at = 2017-03-28\nsent-to = "umc_ro_karaganda@mail.ru"\n'
        'registration-confirmed = true\nschool-knd = "магнитті мектеп"\n')
    head = ["Қалта", "Өтінім берілген күн", "Келген уақыты", "Қайда жіберілді", "Мектеп", "Мектептің түрі", "Тіркеу расталды"]
    names = ["01 үлгі", "02 образец", "03 өтінімсіз", "04 жоспарсыз", "05 диаграммасыз", "06 басқа мектеп", "07 растаусыз",
             "08 пошта қате", "09 кеш өтінім", "10 кеш материал", "11 басқа мекенжай", "12 парақсыз"]
    rows = [[name, datetime.datetime(2017, 3, 27 + number % 3), datetime.datetime(2017, 4, 10 + number % 9, 15, 0),
             "umc_ro_karaganda@mail.ru", f"№{number} үлгі мектебі", "", "иә"] for number, name in enumerate(names, 1)]
    rows[8][1] = datetime.datetime(2017, 3, 30)
    rows[9][2] = "22 сәуір 2017 ж."
    rows[10][3] = "basqa@example.kz"
    rows[11][6] = ""
    workbook(batch / "registry.xlsx", [head, *rows])


def workbook(target, rows):
    """An XLSX with one sheet; days are numbers with the format of a date, as programs write them."""
    sheet = ""
    for number, row in enumerate(rows, 1):
        cells = ""
        for column, value in enumerate(row):
            place = f"{chr(65 + column)}{number}"
            if isinstance(value, datetime.datetime):
                serial = (value - datetime.datetime(1899, 12, 30)) / datetime.timedelta(days=1)
                cells += f'<c r="{place}" s="1"><v>{serial:.6f}</v></c>'
            elif isinstance(value, int):
                cells += f'<c r="{place}"><v>{value}</v></c>'
            elif value:
                cells += f'<c r="{place}" t="inlineStr"><is><t>{escape(value)}</t></is></c>'
        sheet += f'<row r="{number}">{cells}</row>' if cells else ""
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    package = "http://schemas.openxmlformats.org/package/2006"
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    archive(target, {
        "[Content_Types].xml": f'<Types xmlns="{package}/content-types"><Default Extension="rels" ContentType='
        '"application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{kind}.sheet.main+xml"/>'
        f'<Override PartName="/xl/styles.xml" ContentType="{kind}.styles+xml"/>'
        f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{kind}.worksheet+xml"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{package}/relationships"><Relationship Id="r1" Type="{office}/officeDocument" '
        'Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{main}" xmlns:r="{office}"><sheets><sheet name="Жұмыстар" sheetId="1" r:id="r1"/>'
        "</sheets></workbook>",
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{package}/relationships"><Relationship Id="r1" Type='
        f'"{office}/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="r2" Type="{office}/styles" '
        'Target="styles.xml"/></Relationships>',
        "xl/styles.xml": f'<styleSheet xmlns="{main}"><fonts count="1"><font/></fonts><fills count="1"><fill/></fills>'
        '<borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="2"><xf/>'
        '<xf numFmtId="22" applyNumberFormat="1"/></cellXfs></styleSheet>',
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{main}"><sheetData>{sheet}</sheetData></worksheet>',
    })


def main():
    opiq()
    bjb()
    netcom()


if __name__ == "__main__":
    main()
