"""What a customer's words tell by themselves: noise or not, which language, which questions. Pure, offline."""
