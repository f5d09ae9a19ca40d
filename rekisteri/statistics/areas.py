"""What the first two digits of Finnish postcodes are called: the main town of the area, where there is one."""

from rekisteri.statistics.customers import ABROAD, AREAS, UNKNOWN

TOWNS = {
    "00": "Helsinki",
    "01": "Vantaa",
    "02": "Espoo",
    "06": "Porvoo",
    "08": "Lohja",
    "13": "Hämeenlinna",
    "15": "Lahti",
    "20": "Turku",
    "22": "Ahvenanmaa",
    "24": "Salo",
    "26": "Rauma",
    "28": "Pori",
    "33": "Tampere",
    "40": "Jyväskylä",
    "45": "Kouvola",
    "48": "Kotka",
    "50": "Mikkeli",
    "53": "Lappeenranta",
    "57": "Savonlinna",
    "60": "Seinäjoki",
    "65": "Vaasa",
    "67": "Kokkola",
    "70": "Kuopio",
    "80": "Joensuu",
    "87": "Kajaani",
    "90": "Oulu",
    "96": "Rovaniemi",
}
SPECIAL = {ABROAD: "Ulkomaat", UNKNOWN: "Ei postinumeroa"}
NAMES = {code: SPECIAL.get(code) or f"{code} {TOWNS.get(code, '')}".strip() for code in (*AREAS, UNKNOWN)}
