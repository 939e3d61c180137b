#!/usr/bin/env python3
"""Makes tests/forms/ anew: one filled-in application form as LibreOffice saves it in four formats.

    python3 tests/make-forms.py

Needs LibreOffice Writer (soffice) on the PATH. The person and the work are made up.
"""

import subprocess
import tempfile
from pathlib import Path

TARGET = Path(__file__).resolve().parent / "forms"
ROWS = [
    ("Школа, область, район, город (полностью)", "Школа-лицей №62, город Астана"),
    ("Номинация", "Лучший учитель"),
    ("Автор разработки материалов конкурса", "Үлгісова Үлгі Үлгіқызы"),
    ("Предмет", "Математика, 3 класс"),
    ("Краткое описание видеоматериала", "Ученики решают задания на платформе opiq.kz."),
]
FORMATS = ["docx:MS Word 2007 XML", "odt", "rtf", "pdf"]

rows = "".join(f"<tr><td>{label}</td><td>{answer}</td></tr>" for label, answer in ROWS)
page = f'<html><head><meta charset="utf-8"></head><body><p>Заявка</p><table border="1" width="600">{rows}</table></body></html>'
TARGET.mkdir(exist_ok=True)
with tempfile.TemporaryDirectory() as folder:
    source = Path(folder) / "form.html"
    source.write_text(page, encoding="utf-8")
    for form in FORMATS:
        command = ["soffice", f"-env:UserInstallation=file://{folder}/profile", "--headless",
                   "--infilter=HTML (StarWriter)", "--convert-to", form, "--outdir", str(TARGET), str(source)]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
