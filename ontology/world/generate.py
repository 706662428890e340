#!/usr/bin/env python3
"""Write countries.ttl and members.ttl from a table of countries (CC0) and what is said below.

usage: generate.py COUNTRIES.TSV FOLDER

The table has names, nouns, adjectives, capitals and memberships; below stand the names under which
news knows the states, what stands for their governments, and the Wikidata items.
"""
import csv
import re
import sys
import unicodedata

# fips: Wikidata item | canonical name | other names | adjectives | people | capital (and its other
# names, after "=") | seats | title of whom news calls the leader. Empty: as the table has it, "-": none.
STATES = """
US|Q30|United States|US, U.S., USA, U.S.A., America, United States of America|American|Americans, American|Washington, D.C.=Washington=Washington DC=Washington D.C.=D.C.|White House, Foggy Bottom|president
UK|Q145|United Kingdom|UK, U.K., Britain, Great Britain|British|Britons, Briton, British, Brits|London|Downing Street, Whitehall, No 10, No. 10, Number 10, 10 Downing Street, Westminster|prime minister
FR|Q142|France|French Republic|French|French, Frenchman, Frenchmen, Frenchwoman|Paris|Élysée, Élysée Palace, Elysee, Elysée Palace, Quai d'Orsay, Matignon, Hôtel Matignon|president
GM|Q183|Germany|Federal Republic of Germany, West Germany, FRG|German|Germans, German|Berlin|Chancellery|chancellor
IT|Q38|Italy||Italian|Italians, Italian|Rome|Quirinale, Palazzo Chigi, Farnesina|prime minister
SP|Q29|Spain||Spanish|Spaniards, Spaniard|Madrid|Moncloa, Moncloa Palace|prime minister
PO|Q45|Portugal||Portuguese|Portuguese|Lisbon||prime minister
BE|Q31|Belgium||Belgian|Belgians, Belgian|Brussels||prime minister
NL|Q55|Netherlands|Holland, Kingdom of the Netherlands, The Netherlands|Dutch|Dutch, Dutchman, Dutchmen|Amsterdam||prime minister
LU|Q32|Luxembourg|Grand Duchy of Luxembourg, Luxemburg|Luxembourgish, Luxembourg|Luxembourgers|Luxembourg City||prime minister
EI|Q27|Ireland|Republic of Ireland, Irish Republic, Eire|Irish|Irish, Irishman, Irishmen, Irishwoman|Dublin||taoiseach
DA|Q35|Denmark|Kingdom of Denmark|Danish|Danes, Dane|Copenhagen|Christiansborg|prime minister
NO|Q20|Norway||Norwegian|Norwegians, Norwegian|Oslo||prime minister
SW|Q34|Sweden||Swedish|Swedes, Swede|Stockholm||prime minister
FI|Q33|Finland||Finnish|Finns, Finn|Helsinki||president
IC|Q189|Iceland||Icelandic|Icelanders, Icelander|Reykjavik=Reykjavík||prime minister
SZ|Q39|Switzerland|Swiss Confederation|Swiss|Swiss|Bern=Berne||president
AU|Q40|Austria||Austrian|Austrians, Austrian|Vienna|Ballhausplatz|chancellor
PL|Q36|Poland||Polish|Poles, Pole|Warsaw||prime minister
EZ|Q213|Czech Republic|Czechia|Czech|Czechs, Czech|Prague||prime minister
LO|Q214|Slovakia|Slovak Republic|Slovak, Slovakian|Slovaks, Slovak|Bratislava||prime minister
HU|Q28|Hungary||Hungarian|Hungarians, Hungarian|Budapest||prime minister
RO|Q218|Romania|Rumania|Romanian|Romanians, Romanian|Bucharest|Cotroceni Palace|president
BU|Q219|Bulgaria||Bulgarian|Bulgarians, Bulgarian|Sofia||prime minister
GR|Q41|Greece|Hellenic Republic|Greek, Hellenic|Greeks, Greek|Athens||prime minister
TU|Q43|Turkey|Türkiye, Republic of Türkiye, Turkiye|Turkish|Turks, Turk|Ankara||president
RS|Q159|Russia|Russian Federation|Russian|Russians, Russian|Moscow|Kremlin|president
UP|Q212|Ukraine||Ukrainian|Ukrainians, Ukrainian|Kyiv=Kiev=Kyyiv|Bankova|president
BO|Q184|Belarus|Byelorussia, Belorussia|Belarusian, Belarussian|Belarusians, Belarusian, Belarussians|Minsk||president
MD|Q217|Moldova|Moldavia, Republic of Moldova|Moldovan|Moldovans, Moldovan|Chisinau=Chișinău=Chişinău=Kishinev||president
LG|Q211|Latvia||Latvian|Latvians, Latvian|Riga||prime minister
LH|Q37|Lithuania||Lithuanian|Lithuanians, Lithuanian|Vilnius||president
EN|Q191|Estonia||Estonian|Estonians, Estonian|Tallinn||prime minister
GG|Q230|Georgia|Republic of Georgia|Georgian|Georgians, Georgian|Tbilisi||
AM|Q399|Armenia||Armenian|Armenians, Armenian|Yerevan||prime minister
AJ|Q227|Azerbaijan||Azerbaijani, Azeri|Azerbaijanis, Azerbaijani, Azeris, Azeri|Baku||president
KZ|Q232|Kazakhstan|Kazakstan|Kazakh, Kazakhstani|Kazakhs, Kazakh, Kazakhstanis|Astana=Nur-Sultan|Akorda|president
UZ|Q265|Uzbekistan||Uzbek, Uzbekistani|Uzbeks, Uzbek|Tashkent||president
TX|Q874|Turkmenistan||Turkmen, Turkmenistani|Turkmens, Turkmen|Ashgabat=Ashkhabad||president
KG|Q813|Kyrgyzstan|Kyrgyz Republic, Kirghizia, Kirgizstan|Kyrgyz, Kyrgyzstani|Kyrgyz|Bishkek||president
TI|Q863|Tajikistan|Tadjikistan|Tajik, Tajikistani|Tajiks, Tajik|Dushanbe||president
JA|Q17|Japan|State of Japan, Nippon|Japanese|Japanese|Tokyo|Kantei, Nagatacho|prime minister
CH|Q148|China|PRC, P.R.C., People's Republic of China, mainland China, Mainland China, Communist China, Red China|Chinese|Chinese|Beijing=Peking|Zhongnanhai|president
KS|Q884|South Korea|ROK, R.O.K., Republic of Korea, Korea|South Korean, Korean|South Koreans, South Korean, Koreans|Seoul|Blue House, Cheong Wa Dae|president
KN|Q423|North Korea|DPRK, D.P.R.K., Democratic People's Republic of Korea, Korea, N. Korea|North Korean|North Koreans, North Korean|Pyongyang||supreme leader
MG|Q711|Mongolia|Outer Mongolia|Mongolian|Mongolians, Mongolian, Mongols|Ulaanbaatar=Ulan Bator||president
TW|Q865|Taiwan|Republic of China, ROC, R.O.C., Chinese Taipei, Formosa, Nationalist China|Taiwanese|Taiwanese|Taipei||president
HK|-|||||||
MC|-|||||||
IN|Q668|India|Bharat, Republic of India|Indian|Indians, Indian|New Delhi=Delhi|South Block, Rashtrapati Bhavan|prime minister
PK|Q843|Pakistan||Pakistani|Pakistanis, Pakistani|Islamabad||prime minister
BG|Q902|Bangladesh|East Pakistan|Bangladeshi|Bangladeshis, Bangladeshi|Dhaka=Dacca||
CE|Q854|Sri Lanka|Ceylon|Sri Lankan|Sri Lankans, Sri Lankan|Colombo||president
NP|Q837|Nepal|Federal Democratic Republic of Nepal|Nepali, Nepalese|Nepalis, Nepali, Nepalese|Kathmandu=Katmandu||prime minister
BT|Q917|Bhutan||Bhutanese|Bhutanese|Thimphu||
MV|Q826|Maldives|Republic of Maldives, Maldive Islands|Maldivian|Maldivians, Maldivian|Malé=Male||president
AF|Q889|Afghanistan|Islamic Republic of Afghanistan, Islamic Emirate of Afghanistan|Afghan|Afghans, Afghan|Kabul||
IR|Q794|Iran|Islamic Republic of Iran, Islamic Republic, Persia|Iranian, Persian|Iranians, Iranian|Tehran=Teheran||
IZ|Q796|Iraq|Republic of Iraq|Iraqi|Iraqis, Iraqi|Baghdad||prime minister
SY|Q858|Syria|Syrian Arab Republic|Syrian|Syrians, Syrian|Damascus||president
LE|Q822|Lebanon|Lebanese Republic|Lebanese|Lebanese|Beirut|Baabda Palace, Grand Serail|
IS|Q801|Israel|State of Israel, Jewish State, Jewish state|Israeli|Israelis, Israeli|Jerusalem=Al-Quds||prime minister
JO|Q810|Jordan|Hashemite Kingdom of Jordan, Hashemite Kingdom, Transjordan|Jordanian|Jordanians, Jordanian|Amman||king
SA|Q851|Saudi Arabia|Kingdom of Saudi Arabia, KSA|Saudi, Saudi Arabian|Saudis, Saudi, Saudi Arabians|Riyadh||
AE|Q878|United Arab Emirates|UAE, U.A.E., Emirates|Emirati|Emiratis, Emirati|Abu Dhabi||president
QA|Q846|Qatar|State of Qatar|Qatari|Qataris, Qatari|Doha||emir
BA|Q398|Bahrain|Kingdom of Bahrain|Bahraini|Bahrainis, Bahraini|Manama||king
KU|Q817|Kuwait|State of Kuwait|Kuwaiti|Kuwaitis, Kuwaiti|Kuwait City||emir
MU|Q842|Oman|Sultanate of Oman|Omani|Omanis, Omani|Muscat||sultan
YM|Q805|Yemen|Republic of Yemen|Yemeni|Yemenis, Yemeni|Sanaa=Sana'a=San'a||
EG|Q79|Egypt|Arab Republic of Egypt, United Arab Republic|Egyptian|Egyptians, Egyptian|Cairo||president
LY|Q1016|Libya|Libyan Arab Jamahiriya|Libyan|Libyans, Libyan|Tripoli||
TS|Q948|Tunisia||Tunisian|Tunisians, Tunisian|Tunis|Carthage Palace|president
AG|Q262|Algeria||Algerian|Algerians, Algerian|Algiers|El Mouradia|president
MO|Q1028|Morocco|Kingdom of Morocco|Moroccan|Moroccans, Moroccan|Rabat||king
SU|Q1049|Sudan||Sudanese|Sudanese|Khartoum||
OD|Q958|South Sudan||South Sudanese|South Sudanese|Juba||president
ET|Q115|Ethiopia|Abyssinia|Ethiopian|Ethiopians, Ethiopian|Addis Ababa||prime minister
ER|Q986|Eritrea||Eritrean|Eritreans, Eritrean|Asmara||president
DJ|Q977|Djibouti||Djiboutian|Djiboutians|Djibouti City||president
SO|Q1045|Somalia||Somali|Somalis, Somali|Mogadishu|Villa Somalia|president
KE|Q114|Kenya||Kenyan|Kenyans, Kenyan|Nairobi|State House Nairobi|president
UG|Q1036|Uganda||Ugandan|Ugandans, Ugandan|Kampala||president
TZ|Q924|Tanzania|Tanganyika|Tanzanian|Tanzanians, Tanzanian|Dodoma||president
RW|Q1037|Rwanda||Rwandan|Rwandans, Rwandan|Kigali||president
BY|Q967|Burundi||Burundian|Burundians, Burundian|Gitega; Bujumbura||president
CG|Q974|Democratic Republic of the Congo|DRC, D.R.C., DR Congo, DR. Congo, Democratic Republic of Congo, Congo-Kinshasa, Zaire, Congo, D.R. Congo, Eastern Congo|Congolese|Congolese|Kinshasa||president
CF|Q971|Republic of the Congo|Republic of Congo, Congo-Brazzaville, Congo Republic, Congo (Brazzaville), Congo|Congolese|Congolese|Brazzaville||president
GB|Q1000|Gabon||Gabonese|Gabonese|Libreville||president
EK|Q983|Equatorial Guinea||Equatorial Guinean, Equatoguinean|Equatorial Guineans, Equatoguineans|Malabo||president
CM|Q1009|Cameroon|Cameroons|Cameroonian|Cameroonians, Cameroonian|Yaoundé=Yaounde||president
CT|Q929|Central African Republic|CAR, C.A.R.|Central African|Central Africans|Bangui||president
CD|Q657|Chad||Chadian|Chadians, Chadian|N'Djamena=Ndjamena||president
NG|Q1032|Niger||Nigerien|Nigeriens, Nigerien|Niamey||president
NI|Q1033|Nigeria||Nigerian|Nigerians, Nigerian|Abuja|Aso Rock, Aso Villa|president
ML|Q912|Mali||Malian|Malians, Malian|Bamako||
UV|Q965|Burkina Faso|Upper Volta, Burkina|Burkinabe, Burkinabé|Burkinabe|Ouagadougou||
BN|Q962|Benin|Dahomey|Beninese|Beninese|Porto-Novo; Cotonou||president
TO|Q945|Togo|Togolese Republic|Togolese|Togolese|Lomé=Lome||
GH|Q117|Ghana|Gold Coast|Ghanaian|Ghanaians, Ghanaian|Accra|Jubilee House|president
IV|Q1008|Ivory Coast|Côte d'Ivoire, Republic of Côte d'Ivoire|Ivorian, Ivoirian|Ivorians, Ivorian, Ivoirians|Yamoussoukro; Abidjan||president
LI|Q1014|Liberia||Liberian|Liberians, Liberian|Monrovia||president
SL|Q1044|Sierra Leone||Sierra Leonean|Sierra Leoneans|Freetown||president
GV|Q1006|Guinea|Guinea-Conakry, Republic of Guinea|Guinean|Guineans, Guinean|Conakry||
PU|Q1007|Guinea-Bissau||Bissau-Guinean, Guinea-Bissauan|Bissau-Guineans|Bissau||
SG|Q1041|Senegal||Senegalese|Senegalese|Dakar||president
GA|Q1005|Gambia|The Gambia, Republic of The Gambia|Gambian|Gambians, Gambian|Banjul||president
MR|Q1025|Mauritania||Mauritanian|Mauritanians, Mauritanian|Nouakchott||president
CV|Q1011|Cape Verde|Cabo Verde|Cape Verdean, Cabo Verdean|Cape Verdeans, Cabo Verdeans|Praia||
TP|Q1039|São Tomé and Príncipe|Sao Tome and Principe, São Tomé|São Toméan, Santomean|São Toméans|São Tomé City||
AO|Q916|Angola||Angolan|Angolans, Angolan|Luanda||president
ZA|Q953|Zambia|Northern Rhodesia|Zambian|Zambians, Zambian|Lusaka||president
ZI|Q954|Zimbabwe|Rhodesia, Southern Rhodesia|Zimbabwean|Zimbabweans, Zimbabwean|Harare=Salisbury||president
BC|Q963|Botswana|Bechuanaland|Botswanan, Motswana, Batswana|Batswana, Motswana, Botswanans|Gaborone||president
WA|Q1030|Namibia|South West Africa, South-West Africa|Namibian|Namibians, Namibian|Windhoek||president
SF|Q258|South Africa|Republic of South Africa, RSA|South African|South Africans, South African|Pretoria=Tshwane|Union Buildings|president
LT|Q1013|Lesotho|Basutoland|Basotho|Basotho, Mosotho|Maseru||prime minister
WZ|Q1050|Eswatini|Swaziland, eSwatini|Swazi|Swazis, Swazi|Mbabane; Lobamba||king
MZ|Q1029|Mozambique||Mozambican|Mozambicans, Mozambican|Maputo||president
MI|Q1020|Malawi|Nyasaland|Malawian|Malawians, Malawian|Lilongwe||president
MA|Q1019|Madagascar|Malagasy Republic|Malagasy, Madagascan|Malagasy|Antananarivo||
MP|Q1027|Mauritius||Mauritian|Mauritians, Mauritian|Port Louis||prime minister
SE|Q1042|Seychelles|The Seychelles|Seychellois|Seychellois|Victoria||president
CN|Q970|Comoros|Union of the Comoros|Comorian, Comoran|Comorians, Comorans|Moroni||president
ID|Q252|Indonesia|Dutch East Indies|Indonesian|Indonesians, Indonesian|Jakarta||president
MY|Q833|Malaysia|Malaya|Malaysian|Malaysians, Malaysian|Kuala Lumpur|Putrajaya|prime minister
SN|Q334|Singapore|Republic of Singapore|Singaporean, Singapore|Singaporeans, Singaporean|-|Istana|prime minister
TH|Q869|Thailand|Siam, Kingdom of Thailand|Thai|Thais, Thai|Bangkok|Government House of Thailand|prime minister
VM|Q881|Vietnam|Viet Nam, Socialist Republic of Vietnam, SRV|Vietnamese|Vietnamese|Hanoi||
CB|Q424|Cambodia|Kampuchea, Khmer Republic|Cambodian, Khmer|Cambodians, Cambodian|Phnom Penh||prime minister
LA|Q819|Laos|Lao PDR, Lao People's Democratic Republic|Laotian, Lao|Laotians, Laotian|Vientiane||
BM|Q836|Myanmar|Burma, Union of Myanmar, Union of Burma, Republic of the Union of Myanmar|Burmese, Myanmar|Burmese|Naypyidaw=Nay Pyi Taw=Naypyitaw||
RP|Q928|Philippines|Republic of the Philippines|Philippine, Filipino|Filipinos, Filipino, Filipina|Manila|Malacañang, Malacañang Palace|president
BX|Q921|Brunei|Brunei Darussalam|Bruneian|Bruneians|Bandar Seri Begawan||sultan
TT|Q574|East Timor|Timor-Leste, Timor Leste, Democratic Republic of Timor-Leste|East Timorese, Timorese|East Timorese, Timorese|Dili||
AS|Q408|Australia|Commonwealth of Australia|Australian, Aussie|Australians, Australian, Aussies|Canberra||prime minister
NZ|Q664|New Zealand|NZ, N.Z., Aotearoa|New Zealand, Kiwi|New Zealanders, New Zealander, Kiwis|Wellington|Beehive|prime minister
PP|Q691|Papua New Guinea|PNG|Papua New Guinean|Papua New Guineans|Port Moresby||prime minister
FJ|Q712|Fiji|Fiji Islands|Fijian|Fijians, Fijian|Suva||prime minister
BP|Q685|Solomon Islands|The Solomon Islands, Solomons|Solomon Islander, Solomon Islands|Solomon Islanders|Honiara||prime minister
NH|Q686|Vanuatu|New Hebrides|Ni-Vanuatu, Vanuatuan|Ni-Vanuatu|Port Vila=Port-Vila||prime minister
WS|Q683|Samoa|Western Samoa|Samoan|Samoans, Samoan|Apia||prime minister
TN|Q678|Tonga||Tongan|Tongans, Tongan|Nukuʻalofa=Nuku'alofa||
KR|Q710|Kiribati|Gilbert Islands|I-Kiribati, Kiribati|I-Kiribati|Tarawa=South Tarawa||president
TV|Q672|Tuvalu|Ellice Islands|Tuvaluan|Tuvaluans|Funafuti||prime minister
NR|Q697|Nauru||Nauruan|Nauruans|Yaren||president
RM|Q709|Marshall Islands|RMI, The Marshall Islands|Marshallese|Marshallese|Majuro||president
FM|Q702|Micronesia|Federated States of Micronesia, FSM|Micronesian|Micronesians|Palikir||president
PS|Q695|Palau|Belau|Palauan|Palauans|Ngerulmud||president
CA|Q16|Canada|Dominion of Canada|Canadian|Canadians, Canadian|Ottawa|Parliament Hill, Rideau Hall|prime minister
MX|Q96|Mexico|United Mexican States, México|Mexican|Mexicans, Mexican|Mexico City|Los Pinos, National Palace of Mexico|president
GT|Q774|Guatemala||Guatemalan|Guatemalans, Guatemalan|Guatemala City||president
HO|Q783|Honduras||Honduran|Hondurans, Honduran|Tegucigalpa||president
ES|Q792|El Salvador|Salvador|Salvadoran, Salvadorean, Salvadorian|Salvadorans, Salvadoran, Salvadoreans|San Salvador||president
NU|Q811|Nicaragua||Nicaraguan|Nicaraguans, Nicaraguan|Managua||president
CS|Q800|Costa Rica||Costa Rican|Costa Ricans, Costa Rican|San José=San Jose||president
PM|Q804|Panama|Panamá|Panamanian|Panamanians, Panamanian|Panama City||president
CU|Q241|Cuba||Cuban|Cubans, Cuban|Havana||
HA|Q790|Haiti|Hayti|Haitian|Haitians, Haitian|Port-au-Prince||
DR|Q786|Dominican Republic|Santo Domingo|Dominican|Dominicans|Santo Domingo||president
JM|Q766|Jamaica||Jamaican|Jamaicans, Jamaican|Kingston||prime minister
TD|Q754|Trinidad and Tobago|Trinidad|Trinidadian, Trinbagonian|Trinidadians|Port of Spain||prime minister
BF|Q778|Bahamas|The Bahamas, Commonwealth of The Bahamas|Bahamian|Bahamians|Nassau||prime minister
BB|Q244|Barbados||Barbadian, Bajan|Barbadians|Bridgetown||prime minister
DO|Q784|Dominica|Commonwealth of Dominica|Dominican|Dominicans|Roseau||prime minister
ST|Q760|Saint Lucia|St. Lucia, St Lucia|Saint Lucian|Saint Lucians|Castries||prime minister
VC|Q757|Saint Vincent and the Grenadines|St. Vincent and the Grenadines, St Vincent and the Grenadines, Saint Vincent|Vincentian|Vincentians|Kingstown||prime minister
GJ|Q769|Grenada||Grenadian|Grenadians|St. George's=Saint George's||prime minister
SC|Q763|Saint Kitts and Nevis|St. Kitts and Nevis, St Kitts and Nevis, Saint Kitts|Kittitian, Nevisian|Kittitians|Basseterre||prime minister
AC|Q781|Antigua and Barbuda|Antigua|Antiguan|Antiguans|St. John's=Saint John's||prime minister
BH|Q242|Belize|British Honduras|Belizean|Belizeans|Belmopan||prime minister
GY|Q734|Guyana|British Guiana|Guyanese|Guyanese|Georgetown||president
NS|Q730|Suriname|Surinam, Dutch Guiana|Surinamese|Surinamese|Paramaribo||president
VE|Q717|Venezuela|Bolivarian Republic of Venezuela|Venezuelan|Venezuelans, Venezuelan|Caracas|Miraflores, Miraflores Palace|president
CO|Q739|Colombia||Colombian|Colombians, Colombian|Bogotá=Bogota|Casa de Nariño|president
EC|Q736|Ecuador||Ecuadorian, Ecuadoran, Ecuadorean|Ecuadorians, Ecuadorian, Ecuadoreans|Quito|Carondelet Palace|president
PE|Q419|Peru|Perú|Peruvian|Peruvians, Peruvian|Lima||president
BL|Q750|Bolivia|Plurinational State of Bolivia|Bolivian|Bolivians, Bolivian|La Paz; Sucre||president
BR|Q155|Brazil|Brasil|Brazilian|Brazilians, Brazilian|Brasília=Brasilia|Planalto, Planalto Palace, Itamaraty|president
PA|Q733|Paraguay||Paraguayan|Paraguayans, Paraguayan|Asunción=Asuncion||president
UY|Q77|Uruguay||Uruguayan|Uruguayans, Uruguayan|Montevideo||president
AR|Q414|Argentina|Argentine Republic|Argentine, Argentinian, Argentinean|Argentines, Argentinians, Argentine, Argentineans|Buenos Aires|Casa Rosada|president
CI|Q298|Chile||Chilean|Chileans, Chilean|Santiago=Santiago de Chile|La Moneda, La Moneda Palace|president
RI|Q403|Serbia||Serbian, Serb|Serbs, Serb, Serbians|Belgrade||president
MJ|Q236|Montenegro||Montenegrin|Montenegrins|Podgorica||prime minister
BK|Q225|Bosnia and Herzegovina|Bosnia, Bosnia-Herzegovina, BiH|Bosnian|Bosnians, Bosnian|Sarajevo||
MK|Q221|North Macedonia|Macedonia, Republic of Macedonia, FYROM, Former Yugoslav Republic of Macedonia|Macedonian, North Macedonian|Macedonians, Macedonian|Skopje||prime minister
AL|Q222|Albania||Albanian|Albanians, Albanian|Tirana||prime minister
KV|Q1246|Kosovo|Kosova|Kosovar, Kosovan, Kosovo|Kosovars, Kosovans|Pristina=Prishtina||prime minister
HR|Q224|Croatia||Croatian|Croats, Croat, Croatians|Zagreb|Banski Dvori|prime minister
SI|Q215|Slovenia||Slovenian, Slovene|Slovenes, Slovene, Slovenians|Ljubljana||prime minister
CY|Q229|Cyprus|Republic of Cyprus|Cypriot, Greek Cypriot|Cypriots, Cypriot, Greek Cypriots|Nicosia=Lefkosia||president
MT|Q233|Malta||Maltese|Maltese|Valletta||prime minister
AN|Q228|Andorra||Andorran|Andorrans|Andorra la Vella||prime minister
MN|Q235|Monaco||Monegasque, Monégasque|Monegasques|-||prince
SM|Q238|San Marino||Sammarinese|Sammarinese|City of San Marino||
VT|Q237|Vatican City|Vatican, Holy See, Vatican City State, the Holy See|Vatican|-|-|Apostolic Palace, Roman Curia|pope
LS|Q347|Liechtenstein||Liechtenstein|Liechtensteiners|Vaduz||prime minister
"""

# States that the table does not have, or has as something else.
MORE = """
Palestine|Q219060|State of Palestine, Palestinian Territories, Palestinian territories, Palestinian Territory, Occupied Palestinian Territory|Palestinian|Palestinians, Palestinian|Ramallah|president
Soviet Union|Q15180|USSR, U.S.S.R., Soviet Russia, Union of Soviet Socialist Republics, Soviets|Soviet|Soviets|-|general secretary
Yugoslavia|Q36704|Socialist Federal Republic of Yugoslavia, Federal Republic of Yugoslavia, Serbia and Montenegro|Yugoslav, Yugoslavian|Yugoslavs|-|
East Germany|Q16957|GDR, German Democratic Republic|East German|East Germans|-|
Czechoslovakia|Q33946|Czecho-Slovakia|Czechoslovak, Czechoslovakian|Czechoslovaks|-|
Ottoman Empire|Q12560|Ottoman Turkey, Sublime Porte|Ottoman|Ottomans|-|
Austria-Hungary||Austro-Hungarian Empire|Austro-Hungarian|-|-|
South Vietnam||Republic of Vietnam|South Vietnamese|South Vietnamese|-|
North Vietnam||Democratic Republic of Vietnam|North Vietnamese|North Vietnamese|-|
South Yemen||People's Democratic Republic of Yemen|South Yemeni|South Yemenis|-|
Prussia|||Prussian|Prussians|-|
"""

ARTICLE = """United States|United Kingdom|Netherlands|Czech Republic|United Arab Emirates|Philippines|
Maldives|Bahamas|Gambia|Dominican Republic|Central African Republic|Democratic Republic of the Congo|
Republic of the Congo|Comoros|Seychelles|Solomon Islands|Marshall Islands|Ivory Coast|Soviet Union|
Ottoman Empire""".replace("\n", "").split("|")

SURNAME_FIRST = "Japan|China|South Korea|North Korea|Taiwan|Vietnam|Hungary|Cambodia".split("|")

# Dependencies: name in the table's column | name | other names | adjectives | people | state
DEPENDENCIES = """
HK|Hong Kong|HK, Hong Kong SAR, HKSAR, Hong Kong Special Administrative Region|Hong Kong|Hong Kongers, Hongkongers|China
MC|Macau|Macao|Macanese|-|China
GL|Greenland||Greenlandic|Greenlanders|Denmark
FO|Faroe Islands|Faroes, Faeroe Islands|Faroese|Faroese|Denmark
PR|Puerto Rico|Puerto Rico|Puerto Rican|Puerto Ricans|United States
GQ|Guam||Guamanian|Guamanians|United States
AQ|American Samoa||American Samoan|-|United States
CQ|Northern Mariana Islands|CNMI|-|-|United States
VQ|United States Virgin Islands|US Virgin Islands, U.S. Virgin Islands|-|-|United States
GI|Gibraltar||Gibraltarian|Gibraltarians|United Kingdom
BD|Bermuda||Bermudian|Bermudians|United Kingdom
CJ|Cayman Islands|Caymans|Caymanian|Caymanians|United Kingdom
VI|British Virgin Islands|BVI|-|-|United Kingdom
TK|Turks and Caicos Islands|Turks and Caicos|-|-|United Kingdom
AV|Anguilla||Anguillan|-|United Kingdom
MH|Montserrat||Montserratian|-|United Kingdom
FK|Falkland Islands|Falklands, Malvinas, Islas Malvinas|Falkland|Falkland Islanders|United Kingdom
SH|Saint Helena|St Helena, St. Helena|-|-|United Kingdom
IO|British Indian Ocean Territory|BIOT, Chagos Islands, Chagos Archipelago, Chagos|Chagossian|Chagossians|United Kingdom
PC|Pitcairn Islands|Pitcairn|-|-|United Kingdom
IM|Isle of Man||Manx|-|United Kingdom
JE|Jersey||-|-|United Kingdom
GK|Guernsey||-|-|United Kingdom
NC|New Caledonia||New Caledonian|New Caledonians|France
FP|French Polynesia||French Polynesian|-|France
WF|Wallis and Futuna||-|-|France
SB|Saint Pierre and Miquelon||-|-|France
RN|Saint Martin||-|-|France
TB|Saint Barthélemy|St. Barts|-|-|France
AA|Aruba||Aruban|-|Netherlands
UC|Curaçao||Curaçaoan|-|Netherlands
NN|Sint Maarten||-|-|Netherlands
CW|Cook Islands||-|Cook Islanders|New Zealand
NE|Niue||Niuean|-|New Zealand
TL|Tokelau||-|-|New Zealand
NF|Norfolk Island||-|-|Australia
KT|Christmas Island||-|-|Australia
SV|Svalbard|Spitsbergen|-|-|Norway
WI|Western Sahara|Spanish Sahara|Sahrawi|Sahrawis|
GZ|Gaza Strip|Gaza|Gazan|Gazans|Palestine
WE|West Bank|Judea and Samaria|-|-|Palestine
PF|Paracel Islands|Paracels|-|-|
PG|Spratly Islands|Spratlys, Spratlies|-|-|
"""

# Code in the table's last column: name of the organisation in organizations.ttl.
MEMBERSHIP = {
    "UN": "United Nations", "NATO": "NATO", "EU": "European Union", "AU": "African Union",
    "ASEAN": "ASEAN", "G-7": "Group of Seven", "G-20": "Group of Twenty", "BRICS": "BRICS",
    "OPEC": "OPEC", "OECD": "OECD", "SCO": "Shanghai Cooperation Organisation",
    "CIS": "Commonwealth of Independent States",
    "CSTO": "Collective Security Treaty Organization", "EAEU": "Eurasian Economic Union",
    "GCC": "Gulf Cooperation Council", "LAS": "Arab League",
    "OIC": "Organisation of Islamic Cooperation", "ECOWAS": "ECOWAS", "SADC": "SADC",
    "EAC": "East African Community", "IGAD": "IGAD", "OAS": "Organization of American States",
    "Mercosur": "Mercosur", "Caricom": "Caribbean Community", "APEC": "APEC", "OSCE": "OSCE",
    "CE": "Council of Europe", "C": "Commonwealth of Nations", "WTO": "World Trade Organization",
    "ICCt": "International Criminal Court", "IAEA": "International Atomic Energy Agency",
    "EFTA": "European Free Trade Association",
    "PIF": "Pacific Islands Forum", "SAARC": "SAARC", 
    "NAM": "Non-Aligned Movement", "G-77": "Group of 77",
    "OAPEC": "OAPEC", "CELAC": "CELAC", "CPLP": "Community of Portuguese Language Countries",
    "D-8": "D-8 Organization for Economic Cooperation", "Arctic Council": "Arctic Council",
    "COMESA": "COMESA", "OIF": "Organisation internationale de la Francophonie",
    "BIMSTEC": "BIMSTEC", "AMU": "Arab Maghreb Union", "UNASUR": "UNASUR",
    "IEA": "International Energy Agency",
    
    "BSEC": "Organization of the Black Sea Economic Cooperation", "CEMAC": "CEMAC",
}
# What the table has wrong, or what has changed since: organisation: (states to add, to drop).
AMENDED = {
    "European Union": ((), ("United Kingdom", "Norway", "Switzerland", "Albania", "Montenegro",
                            "North Macedonia", "Serbia", "Turkey", "Iceland", "Ukraine", "Moldova",
                            "Georgia", "Bosnia and Herzegovina", "Kosovo")),
    "NATO": (("Finland", "Sweden", "North Macedonia", "Montenegro"), ()),
    "OPEC": (("Algeria", "Republic of the Congo", "Equatorial Guinea", "Gabon", "Iran", "Iraq",
              "Kuwait", "Libya", "Nigeria", "Saudi Arabia", "United Arab Emirates", "Venezuela"),
             ("Qatar", "Ecuador", "Angola", "Indonesia")),
    "OECD": (("Colombia", "Costa Rica", "Lithuania", "Latvia", "Chile", "Israel", "Estonia",
              "Slovenia"), ("India",)),
    "Shanghai Cooperation Organisation": (("China", "Russia", "Kazakhstan", "Kyrgyzstan",
                                           "Tajikistan", "Uzbekistan", "India", "Pakistan", "Iran",
                                           "Belarus"), ()),
    "African Union": (("Morocco",), ()),
    "Arab League": (("Palestine", "Syria"), ()),
    "Organisation of Islamic Cooperation": (("Palestine",), ()),
    "Gulf Cooperation Council": (("Saudi Arabia", "United Arab Emirates", "Qatar", "Bahrain",
                                  "Kuwait", "Oman"), ()),
    "BRICS": (("Brazil", "Russia", "India", "China", "South Africa", "Egypt", "Ethiopia", "Iran",
               "United Arab Emirates", "Indonesia"), ("Argentina", "Saudi Arabia")),
    "ECOWAS": ((), ("Mali", "Niger", "Burkina Faso")),
    "Council of Europe": ((), ("Russia", "Belarus")),
    "International Criminal Court": ((), ("Burundi", "Philippines", "United States", "Russia",
                                          "Israel", "Ukraine")),
    "ASEAN": (("East Timor",), ()),
    "Group of Seven": (("United States", "Canada", "United Kingdom", "France", "Germany", "Italy",
                        "Japan"), ("Russia",)),
    "Group of Twenty": (("Argentina", "Australia", "Brazil", "Canada", "China", "France", "Germany",
                         "India", "Indonesia", "Italy", "Japan", "Mexico", "Russia", "Saudi Arabia",
                         "South Africa", "South Korea", "Turkey", "United Kingdom",
                         "United States"), ("Spain",)),
    "UNASUR": None,
    "Commonwealth of Independent States": ((), ("Georgia", "Ukraine")),
    "Collective Security Treaty Organization": (
        ("Armenia", "Belarus", "Kazakhstan", "Kyrgyzstan", "Russia", "Tajikistan"),
        ("Uzbekistan", "Afghanistan", "Serbia")),
}

HEAD = """@prefix ent: <https://w3id.org/entente#> .
@prefix id: <https://w3id.org/entente/id/> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix wd: <http://www.wikidata.org/entity/> .

"""


def rows(text):
    return [[cell.strip() for cell in line.split("|")] for line in text.strip().split("\n")]


def names(cell):
    return [] if cell in ("", "-") else [n.strip() for n in cell.split(",")]


def plain(text):
    return "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c))


def local(name):
    """The local name of an IRI."""
    return re.sub(r"[^A-Za-z0-9_-]", "", plain(name).replace(" ", "_"))


def literals(prop, values):
    seen = list(dict.fromkeys(unicodedata.normalize("NFC", v) for v in values if v))
    return "  %s %s ;\n" % (prop, " , ".join('"%s"' % v for v in seen)) if seen else ""


def block(name, kind, *lines):
    text = 'id:%s a ent:%s ; rdfs:label "%s" ;\n%s' % (local(name), kind, name, "".join(lines))
    return text.rstrip(" ;\n") + " .\n"


def capital_blocks(cell, state):
    """Lines for the state, and a block for each city."""
    cities = [c.strip().split("=") for c in cell.split(";")] if cell not in ("", "-") else []
    line = "".join("  ent:capital id:%s ;\n" % local(c[0]) for c in cities)
    return line, [block(c[0], "Place", literals("skos:altLabel", c[1:]),
                        "  ent:country id:%s ;\n" % local(state)) for c in cities]


def state_block(row, table):
    fips, item, name, others, adjectives, people, capital, seats, leader = row
    source = table[fips]
    aliases = names(others)
    long_name = source["long_name"].split(";")[0].split(" (")[0].strip()
    if long_name and long_name != name and not long_name.startswith("none"):
        aliases.append(long_name)
    capital_line, cities = capital_blocks(capital, name)
    return [block(
        name, "Country", "  owl:sameAs wd:%s ;\n" % item,
        literals("skos:altLabel", [a for a in aliases if a != name]),
        literals("ent:adjective", names(adjectives)), literals("ent:people", names(people)),
        capital_line, literals("ent:seat", names(seats)), literals("ent:leader", [leader]),
        "  ent:article true ;\n" if name in ARTICLE else "",
        "  ent:surnameFirst true ;\n" if name in SURNAME_FIRST else "")] + cities


def more_block(row):
    name, item, others, adjectives, people, capital, leader = row
    capital_line, cities = capital_blocks(capital, name)
    return [block(
        name, "Country", "  owl:sameAs wd:%s ;\n" % item if item else "",
        literals("skos:altLabel", names(others)), literals("ent:adjective", names(adjectives)),
        literals("ent:people", names(people)), capital_line, literals("ent:leader", [leader]),
        "  ent:article true ;\n" if name in ARTICLE else "")] + cities


def dependency_block(row):
    _, name, others, adjectives, people, state = row
    return block(name, "Place", literals("skos:altLabel", [o for o in names(others) if o != name]),
                 literals("ent:adjective", names(adjectives)), literals("ent:people", names(people)),
                 "  ent:country id:%s ;\n" % local(state) if state else "")


def memberships(table, states):
    """Organisation: members, in the order of the table."""
    members = {name: [] for name in MEMBERSHIP.values() if name}
    for fips, name in states.items():
        # "AU (suspended)" is a member, "OAS (observer)" is not.
        for entry in table[fips]["organizations"].split(","):
            found = re.match(r"^\s*([A-Za-z0-9 -]+?)\s*(\(.*)?$", entry)
            if not found or MEMBERSHIP.get(found.group(1), "") == "":
                continue
            note = found.group(2) or ""
            if note and "suspended" not in note:
                continue
            members[MEMBERSHIP[found.group(1)]].append(name)
    for name, change in AMENDED.items():
        if change is None:
            members.pop(name, None)
            continue
        kept = [s for s in members.get(name, []) if s not in change[1]]
        members[name] = kept + [s for s in change[0] if s not in kept]
    return members


def main():
    with open(sys.argv[1], encoding="utf-8") as f:
        table = {row["fips"]: row for row in csv.DictReader(f, delimiter="\t",
                                                            quoting=csv.QUOTE_NONE)}
    state_rows = [row for row in rows(STATES) if row[1] != "-"]
    states = {row[0]: row[2] for row in state_rows}
    with open(sys.argv[2] + "/countries.ttl", "w", encoding="utf-8") as out:
        out.write("# States, their capitals, and dependencies. Written by generate.py.\n" + HEAD)
        for row in state_rows:
            out.write("".join(state_block(row, table)))
        for row in rows(MORE):
            out.write("".join(more_block(row)))
        for row in rows(DEPENDENCIES):
            out.write(dependency_block(row))
    with open(sys.argv[2] + "/members.ttl", "w", encoding="utf-8") as out:
        out.write("# Who is a member of what. Written by generate.py.\n" + HEAD)
        for name, members in memberships(table, states).items():
            listed = " , ".join("id:" + local(m) for m in members)
            if listed:
                out.write("id:%s ent:member %s .\n" % (local(name), listed))


main()
