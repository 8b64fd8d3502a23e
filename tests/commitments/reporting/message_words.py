"""What the design says in each case: English, Spanish, Portuguese, French. ` | ` stands where a button follows."""

WORDS = {
    "empty number": (
        "Enter the number of people",
        "Escriba el número de personas",
        "Informe o número de pessoas",
        "Saisissez le nombre de personnes",
    ),
    "not a number": (
        "Enter the number of people using digits only, for example 44900",
        "Escriba el número de personas solo con cifras, por ejemplo, 44900",
        "Informe o número de pessoas só com algarismos, por exemplo, 44900",
        "Saisissez le nombre de personnes en chiffres seulement, par exemple 44900",
    ),
    "ambiguous mark": (
        "You wrote 4.000. Choose 4 thousand or 4",
        "Escribió 4.000. Elija 4 mil o 4",
        "Você escreveu 4.000. Escolha 4 mil ou 4",
        "Vous avez écrit 4.000. Choisissez 4 mille ou 4",
    ),
    "future date": (
        "The date of the figure must be today or earlier",
        "La fecha del dato debe ser la de hoy o una anterior",
        "A data do dado deve ser a de hoje ou uma anterior",
        "La date du chiffre doit être celle d’aujourd’hui ou une date antérieure",
    ),
    "before last value": (
        "There is already a later figure (30 June 2026). This one is kept as an earlier value",
        "Ya hay un dato posterior (30 de junio de 2026). Este se guarda como dato anterior",
        "Já existe um dado posterior (30 de junho de 2026). Este fica registrado como dado anterior",
        "Il existe déjà un chiffre plus récent (30 juin 2026). Celui-ci est conservé comme valeur antérieure",
    ),
    "below running total": (
        "This is below the last running total (41,200). Say why, or change it",
        "Es menor que el último total acumulado (41 200). Explique por qué o cámbielo",
        "É menor que o último total acumulado (41.200). Explique por quê ou altere o dado",
        "Ce chiffre est inférieur au dernier total cumulé (41 200). Expliquez pourquoi ou modifiez-le",
    ),
    "reason missing": (
        "Say why the figure is below what was expected",
        "Explique por qué el dato está por debajo de lo esperado",
        "Explique por que o dado está abaixo do esperado",
        "Expliquez pourquoi le chiffre est inférieur à ce qui était attendu",
    ),
    "source missing": (
        "Say where the figure comes from",
        "Indique de dónde proviene el dato",
        "Informe de onde vem o dado",
        "Indiquez d’où vient le chiffre",
    ),
    "file too big": (
        "The file must be smaller than 10 MB. Yours is 14 MB",
        "El archivo debe pesar menos de 10 MB. El suyo pesa 14 MB",
        "O arquivo deve ter menos de 10 MB. O seu tem 14 MB",
        "Le fichier doit peser moins de 10 Mo. Le vôtre pèse 14 Mo",
    ),
    "file kind": (
        "The file must be PDF, Word, Excel, ODS, CSV, JPG or PNG",
        "El archivo debe ser PDF, Word, Excel, ODS, CSV, JPG o PNG",
        "O arquivo deve ser PDF, Word, Excel, ODS, CSV, JPG ou PNG",
        "Le fichier doit être au format PDF, Word, Excel, ODS, CSV, JPG ou PNG",
    ),
    "link expired": (
        "This link was used or is more than 60 minutes old | Send me a new link",
        "Este enlace ya se usó o tiene más de 60 minutos | Solicitar un enlace nuevo",
        "Este link já foi usado ou tem mais de 60 minutos | Pedir um novo link",
        "Ce lien a déjà servi ou date de plus de 60 minutes | Demander un nouveau lien",
    ),
    "offline": (
        "No connection. Kept on this device, will be saved when you are back online",
        "Sin conexión. Se conserva en este dispositivo y se guardará en el sistema cuando vuelva la conexión",
        "Sem conexão. Mantido neste aparelho; será salvo no sistema quando a conexão voltar",
        "Pas de connexion. Conservé sur cet appareil ; l’enregistrement se fera au retour de la connexion",
    ),
    "edit clash": (
        "Luis R. changed this at 09:38. See both versions and choose",
        "Luis R. modificó esto a las 09:38. Compare las dos versiones y elija",
        "Luis R. alterou isto às 09:38. Compare as duas versões e escolha",
        "Luis R. a modifié ceci à 9 h 38. Comparez les deux versions et choisissez",
    ),
    "no right": (
        "Only the secretariat can publish. Ask the secretariat",
        "Solo la secretaría puede publicar. Consulte a la secretaría",
        "Só a secretaria pode publicar. Consulte a secretaria",
        "Seul le secrétariat peut publier. Adressez-vous au secrétariat",
    ),
    "sent": (
        "Sent. Reference LAD-CRI-003-I1, 23 November 2026. The secretariat usually answers within 3 working days",
        "Enviado. Referencia LAD-CRI-003-I1, 23 de noviembre de 2026. La secretaría suele responder en un plazo de 3 días hábiles",  # noqa: E501
        "Enviado. Referência LAD-CRI-003-I1, 23 de novembro de 2026. A secretaria costuma responder em até 3 dias úteis",  # noqa: E501
        "Envoyé. Référence LAD-CRI-003-I1, 23 novembre 2026. Le secrétariat répond en général dans les 3 jours ouvrables",  # noqa: E501
    ),
}
