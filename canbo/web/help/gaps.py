"""Help of the lists of what is missing, of the field studied against the post, of coming days."""

from canbo.web.help.page import HelpPage

PAGES = {
    "gaps": HelpPage(
        title="Còn thiếu so với tiêu chuẩn",
        purpose="Mỗi đơn vị, mỗi chức danh còn bao nhiêu lượt chưa đạt hoặc thiếu hồ sơ ở từng tiêu chí, theo điều nào.",
        steps=(
            "Chọn chức danh đang giữ, được quy hoạch, hoặc một chức danh; chọn đơn vị, ngày xét và cấp để gộp.",
            "Bấm con số để xem từng người và điều cần có để đạt; bấm tên để xem căn cứ trong hồ sơ.",
            "Bấm “Xuất Excel” hoặc “Xuất Word” để lấy đúng bảng đang xem, rồi lập danh sách cử đi học hoặc bổ sung giấy tờ.",
        ),
        mistakes=(
            "“Thiếu hồ sơ” là chưa đủ giấy tờ để kết luận: hãy bổ sung giấy tờ, đừng đưa vào danh sách chưa đạt.",
            "Một người thiếu hai tiêu chí được đếm ở cả hai dòng; một người giữ hai chức danh là hai lượt.",
        ),
    ),
    "coming": HelpPage(
        title="Đến ngày sắp tới, ai còn đạt",
        purpose="Từ nay đến đại hội hoặc nhiệm kỳ tới, kết luận của ai thay đổi, vì sao; ai chỉ quá tuổi được nêu riêng.",
        steps=(
            "Chọn chức danh và mục đích, ví dụ “Tham gia cấp ủy”.",
            "Chọn mốc đã biết (đại hội, nhiệm kỳ) hoặc ghi một ngày.",
            "Bấm con số của từng nhóm để xem từng người và nguyên nhân.",
        ),
        mistakes=(
            "Giấy tờ được tính như hôm nay: ai đi học sau này chưa được tính là đạt.",
            "Xếp loại của những năm sau chưa có nên kết luận có thể thành “Thiếu hồ sơ”; đó không phải là chưa đạt.",
        ),
    ),
    "fit": HelpPage(
        title="Ngành học, đào tạo so với vị trí",
        purpose="Ai học khác ngành vị trí cần, ai có trình độ sau đại học chưa được dùng đúng ngành, ai lâu chưa được đào tạo, bồi dưỡng.",
        steps=(
            "Chọn điều cần xem; với “Lâu chưa học, bồi dưỡng” thì ghi số năm.",
            "Chọn đơn vị, ngày và cấp để gộp.",
            "Bấm con số để xem từng người.",
        ),
        mistakes=(
            "Ngành của vị trí do cơ quan ghi trong quy định của mình (posts/*.toml); vị trí chưa ghi là chưa rõ, không phải khác ngành.",
            "Người chưa ghi lớp nào là chưa rõ; nếu đúng là chưa học thì ghi “Không” vào hồ sơ.",
        ),
    ),
}  # fmt: skip
