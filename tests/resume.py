"""A résumé of nobody, with words of the trade in every spelling."""

RESUME = """\
JANE EXAMPLE
Stage Manager | London, UK | jane.dsm@example.org | www.stagemanager.example/props

PROFILE
Equity stage manager with eight years in the West End and on tour. DSM on the book for plays and musicals;
called the show from prompt corner for 300+ performances. First Aid at Work, IPAF and IOSH trained.

EXPERIENCE
Deputy Stage Manager – "The Long Winter", Lyceum Theatre (2022–2024)
• Kept the prompt copy, and called cues on LX, sound, flys and automation.
• Ran the tech, two dress rehearsals and the press night; wrote show reports every night.
• Half-hour call, beginners and the interval clearance with the House Manager at 7 PM.
Assistant Stage Manager – Royal Example Company (REC), national tour (2020–2022)
• Prop tracking for 120 props, preset lists, run sheets; covered the book for two weeks.
• Did get-ins and get-outs in 14 venues, fit-up from the ground plan, mark-out in the rehearsal room.
• Ran a photo call and wrote the hanging plot with the deck crew.
Stage Management Assistant – Pittsburgh, PA 15222 (2018): worked with AEA actors under LORT.
I run half marathons and like to cover songs in the dark; I hold a clean driving licence.

SKILLS
QLab, GrandMA3, MS Excel, COSHH, PAT testing. A zebra called Quagmire is my lucky charm.
"""

OWN = "Quagmire"
"""A word of the résumé that stands nowhere else."""
