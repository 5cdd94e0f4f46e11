"""Listings in the languages of other markets: mild, each with the answer that the policy gives, in the tone usual there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType


@dataclass(frozen=True, kw_only=True)
class Tongue:
    """What is sold, and how listings go, by the true answer."""

    goods: tuple[str, ...]
    patterns: Mapping[str, tuple[str, ...]]


TONGUES: Mapping[str, Tongue] = MappingProxyType(
    {
        "nl": Tongue(
            goods=("een vouwfiets", "een eiken bureau", "een kinderwagen", "een winterjas", "een vierpersoonstent"),
            patterns={
                "Allowed": (
                    "Te koop: {good}, in goede staat. Ophalen op afspraak, {price} euro.",
                    "Wegens verhuizing weg: {good}. Vraagprijs {price} euro, bieden mag.",
                ),
                "Spam": (
                    "LAAGSTE PRIJZEN!!! {good} en 500 andere aanbiedingen, volg ons en deel voor een bonus!!!",
                    "Verdien {price} per dag vanuit huis, stuur me een bericht. Ook {good}, ook mijn 43 andere advertenties.",
                ),
                "Scam": (
                    "{good} voor maar {price} euro, ik zit in het buitenland. Betaal de helft vooraf met een cadeaukaart.",
                    "Gereserveerd voor u: {good}. Maak eerst {price} euro over, de betaling van de site werkt niet.",
                ),
                "Abuse": (
                    "{good}, {price} euro. Geen vragen van sukkels, en jij van vorige week: blijf weg, clown.",
                    "Aan wie {good} heeft afgezegd: je bent een leugenaar en iedereen mag het weten.",
                ),
            },
        ),
        "pt": Tongue(
            goods=(
                "uma bicicleta dobrável",
                "uma secretária",
                "um carrinho de bebé",
                "um casaco de inverno",
                "uma tenda",
            ),
            patterns={
                "Allowed": (
                    "Vendo {good}, em bom estado. Entrego em mão, {price} euros.",
                    "Por motivo de mudança: {good}. Peço {price} euros, aceito propostas.",
                ),
                "Spam": (
                    "MELHORES PREÇOS!!! {good} e mais 500 ofertas, siga e partilhe para ganhar um bónus!!!",
                    "Ganhe {price} por dia em casa, pergunte-me como. Também {good} e os meus outros 43 anúncios.",
                ),
                "Scam": (
                    "{good} por {price} euros, estou no estrangeiro. Pague metade antes com cartão-presente.",
                    "Reservado para si: {good}. Transfira primeiro {price} euros, o pagamento do site não funciona.",
                ),
                "Abuse": (
                    "{good}, {price} euros. Parvos não respondam, e tu da semana passada: fica longe, palhaço.",
                    "A quem desistiu de {good}: és um mentiroso e todos devem saber.",
                ),
            },
        ),
        "es": Tongue(
            goods=(
                "una bicicleta plegable",
                "un escritorio",
                "un cochecito",
                "un abrigo de invierno",
                "una tienda de campaña",
            ),
            patterns={
                "Allowed": (
                    "Vendo {good}, en buen estado. Recogida en mano, {price} euros.",
                    "Me mudo y no cabe: {good}. Pido {price} euros, escucho ofertas.",
                ),
                "Spam": (
                    "¡¡¡LOS MEJORES PRECIOS!!! {good} y 500 ofertas más, síguenos y comparte para un bono!!!",
                    "Gana {price} al día desde casa, pregúntame cómo. También {good} y mis otros 43 anuncios.",
                ),
                "Scam": (
                    "{good} por {price} euros, estoy en el extranjero. Paga la mitad antes con tarjeta regalo.",
                    "Reservado para ti: {good}. Envía primero {price} euros, el pago de la web no funciona.",
                ),
                "Abuse": (
                    "{good}, {price} euros. Tontos no escribáis, y tú, el de la semana pasada: no vuelvas, payaso.",
                    "A quien canceló {good}: eres un mentiroso y todos deben saberlo.",
                ),
            },
        ),
        "de": Tongue(
            goods=("ein Klapprad", "ein Schreibtisch", "ein Kinderwagen", "ein Wintermantel", "ein Zelt für vier"),
            patterns={
                "Allowed": (
                    "Zu verkaufen: {good}, gut erhalten. Nur Abholung, {price} Euro VB.",
                    "Wegen Umzug abzugeben: {good}. {price} Euro, Nichtraucherhaushalt.",
                ),
                "Spam": (
                    "BESTE PREISE!!! {good} und 500 weitere Angebote, folgt uns und teilt für einen Bonus!!!",
                    "{price} am Tag von zu Hause verdienen, fragt mich wie. Auch {good}, auch meine 43 anderen Anzeigen.",
                ),
                "Scam": (
                    "{good} für nur {price} Euro, bin im Ausland. Die Hälfte vorab per Gutscheinkarte.",
                    "Für Sie reserviert: {good}. Erst {price} Euro überweisen, die Zahlung der Seite geht nicht.",
                ),
                "Abuse": (
                    "{good}, {price} Euro. Keine Fragen von Deppen, und du von letzter Woche: bleib weg, du Clown.",
                    "An die Person, die {good} abgesagt hat: du bist ein Lügner, das sollen alle wissen.",
                ),
            },
        ),
    }
)
