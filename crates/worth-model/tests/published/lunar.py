"""Lunar years 1900 to 2199 by two routes, written to lunar.csv: the rules of calendar/lunar.rs on the
ephemerides of PyEphem (VSOP87 for the sun, Moshier for the moon), and Hồ Ngọc Đức's tables as the package
vnlunar carries them.

    pip install ephem==4.2.1 vnlunar==1.0.5 && python lunar.py > lunar.csv
"""

import bisect
import datetime
import math

import ephem
import vnlunar

EPOCH = float(ephem.Date("1970/1/1"))
HANOI_FROM = (datetime.date(1968, 1, 1) - datetime.date(1970, 1, 1)).days
YEARS = range(1900, 2200)


def local_day(time):
    hours = 7 if time - EPOCH + 7 / 24 >= HANOI_FROM else 8
    return math.floor(time - EPOCH + hours / 24)


def longitude(time):
    sun = ephem.Sun()
    sun.compute(time, epoch=time)
    of_date = ephem.Equatorial(sun.g_ra, sun.g_dec, epoch=time)
    return math.degrees(ephem.Ecliptic(of_date, epoch=time).lon) % 360


def sun_reaches(degrees, near):
    time = near
    for _ in range(8):
        away = (longitude(time) - degrees + 180) % 360 - 180
        time -= away / 360 * 365.2422
    return time


def by_ephemeris():
    moons, time = [], float(ephem.Date("1898/11/1"))
    while time < float(ephem.Date("2202/3/1")):
        moons.append(local_day(float(ephem.next_new_moon(time))))
        time = float(ephem.next_new_moon(time)) + 25
    terms, solstices, time = [], [], float(ephem.Date("1898/11/22"))
    for index in range(8, 8 + 12 * 303):
        time = sun_reaches(index % 12 * 30, time)
        terms.append(local_day(time))
        if index % 12 == 9:
            solstices.append(local_day(time))
        time += 30.4
    winters = [bisect.bisect_right(moons, day) - 1 for day in solstices]
    months = {}
    for start, end in zip(winters, winters[1:]):
        number, leap_to_come = 11, end - start == 13
        for index in range(start, end):
            enters = bisect.bisect_left(terms, moons[index + 1]) > bisect.bisect_left(terms, moons[index])
            if leap_to_come and index > start and not enters:
                leap_to_come = False
                months[moons[index]] = (months[moons[index - 1]][0], True)
            else:
                months[moons[index]] = (number, False)
                number = number % 12 + 1
    return months


def by_table():
    months = {}
    day = datetime.date(1900, 1, 31)
    while day <= datetime.date(2199, 12, 31):
        lunar = vnlunar.get_lunar_date_from_table(day.day, day.month, day.year)
        if lunar["day"] == 1:
            months[(day - datetime.date(1970, 1, 1)).days] = (lunar["month"], bool(lunar["leap"]))
        day += datetime.timedelta(days=1)
    return months


def years(months):
    starts = sorted(months)
    following = dict(zip(starts, starts[1:]))
    result = {}
    for start in starts:
        if months[start] == (1, False):
            civil = datetime.date(1970, 1, 1) + datetime.timedelta(days=start)
            lengths, leap = "", 0
            while start in following and (not lengths or months[start] != (1, False)):
                lengths += {29: "-", 30: "+"}[following[start] - start]
                leap = months[start][0] if months[start][1] else leap
                start = following[start]
            result[civil.year] = f"{civil},{leap},{lengths}"
    return result


print(f"# lunar.py with ephem {ephem.__version__} and vnlunar 1.0.5; lengths of months: + 30 days, - 29")
print("year,new_year,leap_month,lengths,new_year_of_table,leap_month_of_table,lengths_of_table")
ephemeris, table = years(by_ephemeris()), years(by_table())
for year in YEARS:
    print(f"{year},{ephemeris[year]},{table[year]}")
