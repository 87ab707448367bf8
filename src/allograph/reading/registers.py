"""Lead from an identifier to the page of its register: ``doi:10.1002/cncr.31720`` to doi.org.

The graph writes an identifier as the register, a colon and the number. A register whose pages are
not addressed by the number has no row here, and its identifiers are shown without a link.
"""

from __future__ import annotations

ADDRESSES = {
    "ATC": "https://atcddd.fhi.no/atc_ddd_index/?code={}",
    "CAS": "https://commonchemistry.cas.org/detail?cas_rn={}",
    "CHEBI": "https://www.ebi.ac.uk/chebi/searchId.do?chebiId=CHEBI:{}",
    "DrugBank": "https://go.drugbank.com/drugs/{}",
    "ENSEMBL": "https://www.ensembl.org/id/{}",
    "HGNC": "https://www.genenames.org/data/gene-symbol-report/#!/hgnc_id/HGNC:{}",
    "MESH": "http://id.nlm.nih.gov/mesh/{}",
    "NCBIGene": "https://www.ncbi.nlm.nih.gov/gene/{}",
    "OMIM": "https://omim.org/entry/{}",
    "UniProt": "https://www.uniprot.org/uniprotkb/{}",
    "doi": "https://doi.org/{}",
    "pmcid": "https://pmc.ncbi.nlm.nih.gov/articles/{}",
    "pmid": "https://pubmed.ncbi.nlm.nih.gov/{}/",
}


def register_address(identifier: str) -> str | None:
    """The address of an identifier's page; none where the register has no row above."""
    register, _, number = identifier.partition(":")
    address = ADDRESSES.get(register)
    return address.format(number) if address and number else None
