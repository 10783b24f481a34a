"""Given and family names of many cultures, for invented people."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Culture:
    """Names that go together.

    `pattern` joins `{given}`, `{second}` (another given name) and `{family}`. Cultures
    whose `script` is not Latin are rare in the corpus and never shortened to initials.
    """

    given: tuple[str, ...]
    family: tuple[str, ...]
    share: float
    patterns: tuple[str, ...] = ("{given} {family}",)
    script: str = "Latn"


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


def _phrases(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split(","))


LATIN: tuple[Culture, ...] = (
    Culture(
        _words(
            "Alice Benjamin Catherine Daniel Eleanor Frances George Hannah Isaac Judith Kenneth"
            " Laura Martin Naomi Oliver Philippa Quentin Rebecca Stephen Theresa Vivian Walter"
            " Audrey Bernard Clara Duncan Esther Gareth Harriet Julian Lydia Miriam Nigel Owen"
        ),
        _words(
            "Ashworth Barrowclough Calloway Darnley Eastwood Fairbanks Garrick Hollis Ingleby"
            " Jessop Kirkbride Langton Merriweather Norcross Oakley Pemberton Rushworth Sedgwick"
            " Thackray Underhill Vickers Wainwright Yardley Ainsworth Blackwood Cartwright"
            " Dunmore Ellery Fenwick Greenhalgh Hargreave Lockwood Marsden Prescott Stanhope"
        ),
        0.15,
        ("{given} {family}", "{given} {family}", "{given} {initial} {family}"),
    ),
    Culture(
        _words(
            "Anke Birgit Christoph Dietmar Elke Friedrich Gesine Heinrich Ingeborg Jürgen Katrin"
            " Lothar Matthias Norbert Petra Reinhard Sabine Thorsten Ulrike Volker Wiebke"
            " Annegret Burkhard Dorothea Götz Käthe"
        ),
        _words(
            "Achterberg Baumgärtner Brandstetter Drexler Eisenhut Feldmann Grünwald Hasselbach"
            " Immelmann Jägermann Kirchhoff Lindemann Mühlbauer Niedermeier Oberländer Pfannkuch"
            " Rautenberg Schönfeld Steinhäuser Tannhofer Uhlenbruck Vogelsang Weißenfels"
            " Zimmerling Osterkamp Brückner"
        ),
        0.11,
        ("{given} {family}", "{given} {family}", "{given}-{second} {family}"),
    ),
    Culture(
        _words(
            "Amélie Baptiste Cécile Didier Élodie François Geneviève Hélène Isabelle Jérôme"
            " Laurence Mathieu Noémie Odile Pascal Quitterie Régis Solène Thérèse Valérie"
            " Aurélien Benoît Clémence Étienne"
        ),
        _words(
            "Aubertin Beaumarchand Castelnaud Desrosiers Fontanelle Garnaud Hébrard Jacquemin"
            " Lafontaine Marchand Noailles Perrault Quéméner Rochefort Saint-Amand Thévenet"
            " Vaillancourt Delacourt Boisrenard Chastagnier Lemaître-Duval Montagnac"
        ),
        0.09,
        ("{given} {family}", "{given} {family}", "{given}-{second} {family}"),
    ),
    Culture(
        _words(
            "Alejandra Beatriz Camilo Dolores Esteban Fernanda Gonzalo Inés Joaquín Leonor"
            " Mercedes Nicolás Paloma Ramón Soledad Tomás Ximena Álvaro Lucía Íñigo Rocío"
            " Santiago"
        ),
        _phrases(
            "Aguirre Salcedo, Barrientos, Castellanos Ruiz, de la Fuente, Echeverría, Figueroa,"
            " García Montalbán, Hinojosa, Ibáñez, Jaramillo, Larrañaga, Muñoz Arribas, Núñez,"
            " Ordóñez, Peñalver, Quintanilla, Rivadeneira, Sepúlveda, Toledano, Urrutia,"
            " Velázquez, Zamorano, del Valle"
        ),
        0.1,
        ("{given} {family}", "{given} {second} {family}"),
    ),
    Culture(
        _words(
            "António Bruna Cristóvão Débora Eduardo Flávia Gonçalo Helena Íris João Luísa Marília"
            " Nuno Otávio Raquel Sebastião Teresa Vítor Conceição Simão"
        ),
        _phrases(
            "Almeida, Brandão, Carvalhosa, dos Anjos, Estrela, Figueiredo, Guimarães, Lacerda,"
            " Magalhães, Nogueira, de Oliveira Prado, Paixão, Queirós, Rebelo, Sampaio, Teixeira,"
            " Valadares, da Conceição, Moscoso"
        ),
        0.06,
    ),
    Culture(
        _words(
            "Alessia Bruno Chiara Davide Eleonora Fabrizio Giulia Ilaria Lorenzo Michela Niccolò"
            " Ottavia Pierluigi Raffaella Simone Tommaso Ugo Viola Donatella Ettore"
        ),
        _phrases(
            "Abbagnato, Bellandi, Cavalcanti, D'Ambrosio, Ferrigno, Giordani, Lanfranchi,"
            " Marchetti, Negroni, Ostuni, Pellegrinelli, Quaranta, Rinaldi, Santoro, Tarantelli,"
            " Ubaldini, Valentini, De Santis, Dell'Orto"
        ),
        0.07,
    ),
    Culture(
        _words(
            "Annelies Bram Cornelis Daphne Evert Femke Gijs Hendrika Ivo Jelle Liesbeth Maarten"
            " Nienke Pieter Roos Sjoerd Tjitske Wouter"
        ),
        _phrases(
            "van der Berg, de Wit, Hoekstra, van den Heuvel, Kuipers, van Leeuwen, Mulder,"
            " Nieuwenhuis, ter Horst, Postma, van Rijswijk, Steenstra, Terpstra, de Vries-Bakker,"
            " van 't Hoff, Zijlstra"
        ),
        0.06,
    ),
    Culture(
        _words(
            "Åsa Bjørn Cecilie Dagny Eirik Freja Gunnar Hedvig Ingrid Jørgen Kerstin Lars Märta"
            " Nils Oddny Pelle Ragnhild Søren Tuva Øystein Þóra Aino Eero Helmi Kalevi"
        ),
        _words(
            "Almqvist Bergström Dahlgren Engebretsen Fagerholm Gyllenhammar Håkansson Isaksen"
            " Jónsdóttir Kjærgaard Lindqvist Møller Nordahl Ødegaard Rasmussen Sandvik Thorvaldsen"
            " Wikström Ylönen Mäkelä Saarinen Virtaharju"
        ),
        0.08,
    ),
    Culture(
        _words(
            "Agnieszka Bogdan Czesław Dorota Ewelina Grzegorz Halina Ireneusz Jadwiga Krzysztof"
            " Łucja Małgorzata Paweł Stanisław Zofia Bohumil Dušan Jiří Ludmila Šárka Tomáš Ivana"
            " Zdeněk Csilla Gábor Réka"
        ),
        _words(
            "Barańska Chmielewski Dąbkowski Grabiec Jaworowicz Kościelniak Łukomski Malinowicz"
            " Nowotny Ostrowiecki Piątkowski Rutkowiak Świderski Wójcicki Zawistowska Černohorský"
            " Dvořáček Hrubeš Kratochvíl Němcová Růžička Štěpánek Kertészné Szabadkai"
        ),
        0.07,
    ),
    Culture(
        _words(
            "Wei Xiaoming Yuting Haoran Jing Lihua Meiling Ning Qiang Rui Shuang Tao Xinyi Yifan"
            " Zhihao Chenxi Dandan Fang Guowei Hui Jianguo Kexin Lan"
        ),
        _words(
            "Wang Li Zhang Liu Chen Yang Huang Zhao Wu Zhou Xu Sun Ma Zhu Hu Guo He Lin Gao Luo"
            " Zheng Liang Xie Tang Feng Deng Cao Peng Zeng Xiao"
        ),
        0.1,
    ),
    Culture(
        _words(
            "Akira Chihiro Daisuke Emiko Fumiko Haruto Itsuki Junko Kaori Makoto Naoki Rieko"
            " Satoshi Takumi Yoshiko Ji-woo Min-jun Seo-yeon Hye-jin Dong-hyun"
        ),
        _words(
            "Aoyagi Fukuzawa Hasegawa Ishikura Kawabata Kuronuma Matsudaira Nakanishi Okazaki"
            " Sakuragi Shirakawa Tachibana Uemura Yamanobe Bae Cho Hwang Jeong Kwon Namgung Seo"
            " Yoon"
        ),
        0.06,
    ),
    Culture(
        _words(
            "Ananya Bhaskar Chitra Devendra Gayatri Harish Indira Jayanth Kavitha Lakshmi Madhav"
            " Nandini Padma Raghav Sunita Tarun Usha Vikram Aparna Rohan"
        ),
        _words(
            "Agnihotri Bandyopadhyay Chaturvedi Deshpande Gopalakrishnan Iyengar Jagannathan"
            " Kulkarni Mahalingam Narasimhan Parthasarathy Raghunathan Subramaniam Thakurta"
            " Upadhyaya Venkataraman Wadhwani Mukherji"
        ),
        0.06,
    ),
    Culture(
        _words(
            "Abena Chinedu Folasade Kwabena Ngozi Olumide Thandiwe Wanjiru Yaw Zanele Amina"
            " Bilal Farida Hassan Karim Leïla Nadia Omar Salma Youssef Şebnem Çağlar Gülşen"
        ),
        _phrases(
            "Adeyemi-Cole, Boateng, Dlamini, Ezeoke, Kamau, Mensah, Ndlovu, Okonjo, Sithole,"
            " Wachira, Al-Mansouri, Ben Youssef, El Amrani, Haddadin, Khoury, Nasrallah, Öztürkmen,"
            " Şahinoğlu, Yıldırımer, Bouzidi"
        ),
        0.07,
    ),
    Culture(
        _phrases("Thị Minh, Văn Đức, Hoàng Anh, Thanh Hương, Quốc Bảo, Ngọc Lan, Bích Ngọc"),
        _words("Nguyễn Trần Lê Phạm Vũ Đặng Bùi Đỗ"),
        0.02,
        ("{family} {given}",),
    ),
)

OTHER_SCRIPTS: tuple[Culture, ...] = (
    Culture(
        _words("小明 雅婷 志强 秀英 建国 文博"),
        _words("王 李 张 陈 欧阳 司马"),
        0.3,
        ("{family}{given}",),
        "Hani",
    ),
    Culture(
        _words("健一 美咲 直樹 さくら"),
        _words("山田 佐々木 長谷川 渡辺"),
        0.15,
        ("{family} {given}",),
        "Jpan",
    ),
    Culture(
        _words("Мария Алексей Ольга Дмитрий Татьяна Николай"),
        _words("Соколенко Левашов Заречный Белозёров Черных Ермилов"),
        0.25,
        ("{given} {family}",),
        "Cyrl",
    ),
    Culture(
        _words("Ελένη Γιώργος Κατερίνα Νίκος"),
        _words("Παπαδάκη Σταυρίδης Κωνσταντίνου Μαυρομιχάλης"),
        0.12,
        ("{given} {family}",),
        "Grek",
    ),
    Culture(
        _words("ليلى يوسف مريم كريم"),
        _words("الحداد المنصوري الخطيب السعدي"),
        0.1,
        ("{given} {family}",),
        "Arab",
    ),
    Culture(_words("지우 서연 민준"), _words("김 박 최"), 0.08, ("{family}{given}",), "Kore"),
)
